from django.db import migrations, models

import guyub.cycle.listen.models
from guyub.cycle.listen.vocabulary.spelling import searched


def fill(apps, schema_editor):
    """Everybody who is noted already, those taken back too: they may come back."""
    person = apps.get_model("listen", "Person")
    people: models.QuerySet = models.QuerySet(person, using=schema_editor.connection.alias)
    names = people.order_by("id").values_list("id", "name", "alias")
    # All are read before the first is written: no cursor meets its own changes.
    for identifier, name, alias in list(names):
        people.filter(pk=identifier).update(searched=searched(name, alias))


class Migration(migrations.Migration):
    dependencies = [("listen", "0008_when_people_met")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_everywhere_by_name"),
        migrations.AddField(
            model_name="person",
            name="searched",
            field=guyub.cycle.listen.models.SearchedField(default="", editable=False, max_length=400),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("withdrawn_in", None)),
                fields=["name", "id", "community", "searched", "gender", "groups", "withdrawn_in"],
                name="person_everywhere_by_name",
            ),
        ),
    ]
