import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0009_prints")]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="complaints.complaint",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("packed", models.BinaryField()),
            ],
        ),
    ]
