"""A scoring sheet keeps the key of its form, and one sheet of a province and year is open at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0008_ceiling")]

    operations = [
        migrations.AddField(
            model_name="scoresheet",
            name="form_key",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(state="open"),
                fields=("area", "fiscal_year"),
                name="planning_sheet_open_once",
            ),
        ),
    ]
