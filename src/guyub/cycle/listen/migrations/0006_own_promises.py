from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listen", "0005_groups_by_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="by_worker",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["community", "due_on"], name="promise_by_due_day"),
        ),
    ]
