"""The wall around the log, and the table in which throttles are counted."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

from guyub.core import append_only


def build(apps: Any, schema_editor: Any) -> None:
    append_only.install(schema_editor.connection)
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def take_down(apps: Any, schema_editor: Any) -> None:
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(build, take_down)]
