import django.db.models.deletion
import guyub.core.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('listen', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('capital', models.CharField(choices=[('natural', 'natural'), ('cultural', 'cultural'), ('human', 'human'), ('social', 'social'), ('political', 'political'), ('financial', 'financial'), ('built', 'built')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('would_teach', models.BooleanField(default=False)),
                ('noted_on', models.DateField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('level', None), models.Q(('capital', 'human'), ('level__range', (1, 4))), _connector='OR'), name='only_a_skill_has_a_level_from_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('kin', 'kin'), ('friend', 'friend'), ('neighbour', 'neighbour'), ('advice', 'advice'), ('help', 'material help'), ('work', 'work'), ('trust', 'trust'), ('organises', 'organises'), ('nomination', 'nomination'), ('conflict', 'conflict'), ('any', 'any relation')], max_length=12)),
                ('mutual', models.BooleanField()),
                ('strength', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('reported_by', models.CharField(blank=True, choices=[('both', 'both'), ('one', 'one side'), ('', 'not known')], max_length=5)),
                ('reported_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties_out', to='listen.person')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties_in', to='listen.person')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('from_person', models.F('to_person')), _negated=True), name='a_tie_needs_two_people'), models.CheckConstraint(condition=models.Q(('strength', None), ('strength__range', (1, 5)), _connector='OR'), name='strength_of_a_tie_from_1_to_5')],
            },
        ),
    ]
