"""Readings beside complaints, and indexes of what may be shown as likely the same."""

import django.db.models.deletion
from django.db import migrations, models

OPEN = (
    "received",
    "screened",
    "referred",
    "acknowledged",
    "working",
    "answered",
    "returned",
    "reopened",
)
SHOWN = models.Q(state__in=OPEN, is_restricted=False) & ~models.Q(title="")


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
        migrations.RemoveIndex(model_name="complaint", name="complaints_open_points"),
        migrations.RemoveIndex(model_name="complaint", name="complaints_open_area"),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                fields=["latitude", "longitude", "created_at"],
                name="complaints_open_points",
                condition=SHOWN & models.Q(latitude__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                fields=["area", "-created_at"],
                name="complaints_open_area",
                condition=SHOWN & models.Q(latitude__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                fields=["area", "-created_at"],
                name="complaints_open_without_point",
                condition=SHOWN & models.Q(latitude__isnull=True),
            ),
        ),
    ]
