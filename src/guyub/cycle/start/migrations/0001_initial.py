import django.db.models.deletion
import guyub.core.confidential
import guyub.core.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('listen', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Bridges',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('found_on', models.DateField()),
                ('outcome', guyub.core.confidential.ConfidentialField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['community', '-id'], name='newest_bridges')],
            },
        ),
        migrations.CreateModel(
            name='Candidates',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('found_on', models.DateField()),
                ('found', guyub.core.confidential.ConfidentialField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['community', '-id'], name='newest_candidates')],
            },
        ),
        migrations.CreateModel(
            name='StartingPlan',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('count', models.PositiveSmallIntegerField()),
                ('seed', models.PositiveIntegerField()),
                ('spread', models.CharField(max_length=40)),
                ('made_on', models.DateField()),
                ('outcome', guyub.core.confidential.ConfidentialField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['community', '-id'], name='newest_starting_plan')],
            },
        ),
        migrations.CreateModel(
            name='SuggestionAnswer',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('not_this_person', 'not this person'), ('somebody_else', 'someone else should go')], max_length=20)),
                ('until', models.DateField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['community', 'answer'], name='suggestion_answered')],
            },
        ),
    ]
