"""Whether a proposal was revised since a day is asked of many at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0017_points"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="proposalversion",
            index=models.Index(fields=["proposal", "made_at"], name="planning_version_moment"),
        ),
    ]
