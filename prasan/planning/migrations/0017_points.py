"""Indexes for what lies around a point."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0016_assessments")]

    operations = [
        migrations.AddIndex(
            model_name=name,
            index=models.Index(
                fields=["latitude", "longitude"],
                name=f"planning_{name}_point",
                condition=models.Q(latitude__isnull=False),
            ),
        )
        for name in ("need", "proposal")
    ]
