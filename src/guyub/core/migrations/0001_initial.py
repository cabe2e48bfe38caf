from typing import Any

import django.core.serializers.json
import django.db.models.deletion
import guyub.core.confidential
import guyub.core.identifiers
import uuid
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

from guyub.core import append_only


def build(apps: Any, schema_editor: Any) -> None:
    """The wall around the log, and the table in which throttles are counted."""
    append_only.install(schema_editor.connection)
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def take_down(apps: Any, schema_editor: Any) -> None:
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('is_active', models.BooleanField(default=True)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('path', models.CharField(editable=False, max_length=400, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('network', 'network'), ('desa', 'village'), ('dusun', 'hamlet'), ('rw', 'RW'), ('rt', 'RT'), ('neighbourhood', 'neighbourhood'), ('building', 'building'), ('workplace', 'workplace')], max_length=20)),
                ('region_code', models.CharField(blank=True, max_length=13)),
                ('time_zone', models.CharField(default='Asia/Jakarta', max_length=40)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='smaller', to='core.community')),
            ],
            options={
                'verbose_name': 'community',
                'verbose_name_plural': 'communities',
            },
        ),
        migrations.CreateModel(
            name='Erased',
            fields=[
                ('mark', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ('erased_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, choices=[('asked', 'they asked for it'), ('withdrew', 'they withdrew their consent'), ('not_needed', 'it is no longer needed'), ('unlawful', 'it should never have been noted')], max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Footprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('content', models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Workspace',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('founded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LogHead',
            fields=[
                ('community', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='log_head', serialize=False, to='core.community')),
                ('number', models.BigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=80)),
                ('schema', models.PositiveSmallIntegerField()),
                ('first_seen', models.DateTimeField()),
                ('last_seen', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='FilledForm',
            fields=[
                ('entry', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField()),
                ('answers', guyub.core.confidential.ConfidentialField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
            ],
        ),
        migrations.CreateModel(
            name='HandedOver',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('epoch', models.CharField(max_length=64)),
                ('heads', models.CharField(blank=True, max_length=64)),
                ('held', guyub.core.confidential.ConfidentialField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.device')),
            ],
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('key', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('entry', models.UUIDField(db_index=True, editable=False)),
                ('number', models.BigIntegerField(editable=False)),
                ('role', models.CharField(choices=[('member', 'Member'), ('viewer', 'Viewer'), ('field_worker', 'Field worker'), ('organizer', 'Organizer'), ('coordinator', 'Coordinator'), ('owner', 'Owner')], max_length=20)),
                ('action', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
            ],
        ),
        migrations.AddField(
            model_name='community',
            name='stated_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry'),
        ),
        migrations.AddField(
            model_name='community',
            name='withdrawn_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry'),
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=100)),
                ('row', models.UUIDField(db_index=True)),
                ('values', guyub.core.confidential.ConfidentialField()),
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
            name='CalendarLink',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('telling', models.BooleanField(default=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('member', 'Member'), ('viewer', 'Viewer'), ('field_worker', 'Field worker'), ('organizer', 'Organizer'), ('coordinator', 'Coordinator'), ('owner', 'Owner')], max_length=20)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='core.community')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
        ),
        migrations.CreateModel(
            name='NamelessCount',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=100)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('count', models.PositiveIntegerField(default=0)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
            ],
        ),
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('gone', models.UUIDField()),
                ('into', models.UUIDField()),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
        ),
        migrations.CreateModel(
            name='SentEntry',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('outcome', models.CharField(choices=[('done', 'done'), ('parked', 'waiting for something else'), ('review', 'needs a look'), ('refused', 'refused'), ('erased', 'erased')], max_length=10)),
                ('number', models.BigIntegerField(null=True)),
                ('content', guyub.core.confidential.ConfidentialField()),
                ('subject', models.UUIDField(db_index=True, null=True)),
                ('waits_for', models.UUIDField(db_index=True, null=True)),
                ('noted_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.device')),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('taken', 'accepted'), ('kept', 'kept as it was')], max_length=10)),
                ('sent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='core.sententry')),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfflineBan',
            fields=[
                ('id', models.UUIDField(default=guyub.core.identifiers.new_identifier, editable=False, primary_key=True, serialize=False)),
                ('stated_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.logentry')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.workspace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='community',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communities', to='core.workspace'),
        ),
        migrations.AddField(
            model_name='account',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='core.workspace'),
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('language', models.CharField(max_length=5)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='waiting', max_length=10)),
                ('goes_to', models.CharField(default='', max_length=1000)),
                ('data', guyub.core.confidential.ConfidentialField()),
                ('fault', guyub.core.confidential.ConfidentialField()),
                ('done', models.BigIntegerField(default=0)),
                ('total', models.BigIntegerField(default=0)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('not_before', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('token', models.UUIDField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.community')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'begun_at'], name='jobs_in_their_order')],
            },
        ),
        migrations.AddConstraint(
            model_name='logentry',
            constraint=models.UniqueConstraint(fields=('community', 'number'), name='one_entry_for_each_number_of_a_log'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_in', None)), fields=('account', 'community'), name='one_role_of_an_account_on_a_community'),
        ),
        migrations.AddConstraint(
            model_name='namelesscount',
            constraint=models.UniqueConstraint(fields=('community', 'table', 'kind'), name='one_count_of_what_was_erased'),
        ),
        migrations.AddConstraint(
            model_name='redirect',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_in', None)), fields=('gone',), name='merged_into_one_only'),
        ),
        migrations.AddIndex(
            model_name='sententry',
            index=models.Index(fields=['community', 'outcome', 'received_at'], name='sent_by_outcome'),
        ),
        migrations.RunPython(build, take_down),
    ]
