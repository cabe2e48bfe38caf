import django.db.models.deletion
import guyub.core.confidential
import guyub.core.identifiers
import guyub.core.models.covering
import guyub.cycle.listen.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=120)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('one_on_one', 'one-on-one'), ('house_visit', 'house visit'), ('group_talk', 'group talk'), ('meeting', 'meeting'), ('action', 'action'), ('training', 'training'), ('service', 'service'), ('celebration', 'ritual or celebration'), ('online', 'online')], default='meeting', max_length=20)),
                ('planned_on', models.DateField()),
                ('begins_at', models.TimeField(blank=True, null=True)),
                ('ends_at', models.TimeField(blank=True, null=True)),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('group', models.CharField(blank=True, max_length=80)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Encounter',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('one_on_one', 'one-on-one'), ('house_visit', 'house visit'), ('group_talk', 'group talk'), ('meeting', 'meeting'), ('action', 'action'), ('training', 'training'), ('service', 'service'), ('celebration', 'ritual or celebration'), ('online', 'online')], max_length=20)),
                ('held_on', models.DateField()),
                ('month_only', models.BooleanField(default=False)),
                ('time_of_day', models.CharField(blank=True, choices=[('morning', 'morning'), ('midday', 'midday'), ('afternoon', 'afternoon'), ('evening', 'evening'), ('', 'not known')], max_length=10)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('initiated_by', models.CharField(choices=[('worker', 'worker'), ('member', 'member')], default='worker', max_length=10)),
                ('head_count', models.PositiveIntegerField(blank=True, null=True)),
                ('summary', guyub.core.confidential.ConfidentialField()),
                ('open_summary', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='encounters', to='listen.meeting')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('decided', models.CharField(max_length=500)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='listen.meeting')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cancellations', to='listen.meeting')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('alias', models.CharField(blank=True, max_length=200)),
                ('searched', guyub.cycle.listen.models.SearchedField(default='', editable=False, max_length=400)),
                ('gender', models.CharField(choices=[('female', 'female'), ('male', 'male'), ('other', 'other'), ('unstated', 'not stated')], default='unstated', max_length=10)),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('occupation', models.CharField(blank=True, max_length=120)),
                ('office', models.CharField(blank=True, max_length=120)),
                ('phone', guyub.core.confidential.ConfidentialField()),
                ('groups', models.CharField(blank=True, max_length=200)),
                ('status', models.CharField(choices=[('present', 'lives here'), ('moved', 'moved away'), ('died', 'died')], default='present', max_length=10)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('called', guyub.cycle.listen.models.CalledField(default='', editable=False, max_length=200)),
                ('phone_mark', guyub.cycle.listen.models.PhoneMarkField(default='', editable=False, max_length=32)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='listen.household')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('present', 'was there'), ('spoke', 'spoke'), ('hosted', 'hosted'), ('organised', 'organised it'), ('brought', 'brought others'), ('asked', 'was asked to lead something')], default='present', max_length=10)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='listen.encounter')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('trait', models.CharField(choices=[('stance', 'stance'), ('initiative', 'initiative'), ('responsibility', 'responsibility for the future'), ('vision', 'vision'), ('proactive', 'proactive'), ('openness', 'openness to change'), ('influence', 'influence')], max_length=20)),
                ('value', guyub.core.confidential.ConfidentialField()),
                ('evidence', guyub.core.confidential.ConfidentialField()),
                ('observed_on', models.DateField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('observer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='listen.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('see', 'to see what we hold about them'), ('correct', 'to have something corrected'), ('stop', 'to withdraw their consent'), ('erase', 'to be erased')], max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('keep', 'to keep their name and what they told us'), ('judge', 'to note their stance and skills'), ('contact', 'to call or visit them'), ('show', 'to show what they told us to others')], max_length=10)),
                ('answer', models.CharField(choices=[('given', 'agreed'), ('refused', 'did not agree'), ('withdrawn', 'withdrew it')], max_length=10)),
                ('basis', models.CharField(choices=[('consent', 'they agreed'), ('member', 'they are a member, or work with us regularly'), ('duty', 'a law asks for it')], default='consent', max_length=10)),
                ('how', models.CharField(choices=[('spoken', 'by word of mouth'), ('signed', 'signed'), ('thumb', 'thumbprint')], default='spoken', max_length=10)),
                ('text_version', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('noted_on', models.DateField()),
                ('witness', models.CharField(blank=True, max_length=120)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='listen.consent')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('life_area', models.CharField(choices=[('jobs', 'jobs'), ('housing', 'housing'), ('environment', 'environment'), ('business', 'business'), ('education', 'education'), ('health', 'health'), ('safety', 'safety'), ('social_capital', 'social capital')], max_length=20)),
                ('own_words', guyub.core.confidential.ConfidentialField()),
                ('depth', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('noted_on', models.DateField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('encounter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='listen.encounter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='listen.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='PlannedVisit',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('planned_on', models.DateField()),
                ('reasons', guyub.core.confidential.ConfidentialField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_visits', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=500)),
                ('made_on', models.DateField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('by_worker', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='listen.decision')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='PromiseOutcome',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('kept', 'kept'), ('broken', 'broken'), ('released', 'dropped')], max_length=10)),
                ('noted_on', models.DateField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='listen.promise')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Protection',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='protections', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='RequestOutcome',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('result', models.CharField(choices=[('handed_over', 'handed over'), ('put_right', 'corrected'), ('stopped', 'we stopped'), ('sent_back', 'could not be done, and we explained why'), ('taken_back', 'they changed their mind')], max_length=20)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='listen.datarequest')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='SavedQuestion',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('shared', models.BooleanField(default=False)),
                ('conditions', guyub.core.confidential.ConfidentialField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='SharedConcern',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared', to='listen.concern')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('life_area', models.CharField(choices=[('jobs', 'jobs'), ('housing', 'housing'), ('environment', 'environment'), ('business', 'business'), ('education', 'education'), ('health', 'health'), ('safety', 'safety'), ('social_capital', 'social capital')], max_length=20)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ThemedConcern',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='listen.concern')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='listen.theme')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='VisitOutcome',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('result', models.CharField(choices=[('met', 'met'), ('later', 'put off'), ('dropped', 'dropped')], max_length=10)),
                ('noted_on', models.DateField()),
                ('later_on', models.DateField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='listen.plannedvisit')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['community', 'planned_on', 'id'], name='meeting_by_day'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['community', 'group', 'planned_on'], name='meeting_by_group'),
        ),
        migrations.AddIndex(
            model_name='encounter',
            index=models.Index(fields=['community', '-held_on', 'id'], name='encounter_by_day'),
        ),
        migrations.AddConstraint(
            model_name='encounter',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_in', None)), fields=('meeting',), name='a_meeting_is_held_once'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('withdrawn_in', None)), fields=['community', 'called'], name='person_as_called'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['community', 'name', 'id'], name='person_by_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=guyub.core.models.covering.CoveringIndex(carries=('community', 'searched', 'gender', 'groups', 'withdrawn_in'), condition=models.Q(('withdrawn_in', None)), fields=['name', 'id'], name='person_everywhere_by_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['community', 'reference'], name='person_by_reference'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('withdrawn_in', None), models.Q(('groups', ''), _negated=True)), fields=['groups', 'community', 'withdrawn_in'], name='person_by_groups'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_in', None)), fields=('encounter', 'person', 'part'), name='a_part_in_an_encounter_counts_once'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['person', 'trait', '-observed_on'], name='observation_by_trait'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='not_the_same_needs_two'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_in', None)), fields=('meeting', 'person'), name='somebody_is_invited_once'),
        ),
        migrations.AddIndex(
            model_name='datarequest',
            index=models.Index(fields=['community', 'due_at'], name='data_request_by_deadline'),
        ),
        migrations.AddIndex(
            model_name='plannedvisit',
            index=models.Index(fields=['worker', 'planned_on'], name='planned_visit_by_worker'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=guyub.core.models.covering.CoveringIndex(carries=('made_on', 'id', 'by_worker', 'person', 'stated_in', 'withdrawn_in'), condition=models.Q(('withdrawn_in', None)), fields=['community', 'due_on'], name='promise_by_due_day'),
        ),
        migrations.AddIndex(
            model_name='promiseoutcome',
            index=guyub.core.models.covering.CoveringIndex(carries=('promise', 'withdrawn_in'), condition=models.Q(('withdrawn_in', None)), fields=['community'], name='promises_settled'),
        ),
        migrations.AddConstraint(
            model_name='themedconcern',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_in', None)), fields=('concern', 'theme'), name='a_concern_stands_in_a_theme_once'),
        ),
    ]
