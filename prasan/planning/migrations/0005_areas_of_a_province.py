"""The index for lists in the order of areas begins with the province, inside which such lists are asked for."""

from django.db import migrations, models

TABLES = ("need", "proposal")


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_waiting")]

    operations = [
        *(migrations.RemoveIndex(model_name=table, name=f"planning_{table}_area") for table in TABLES),
        *(
            migrations.AddIndex(
                model_name=table,
                index=models.Index(
                    fields=["province", "area", "-id", "state", "sector"], name=f"planning_{table}_area"
                ),
            )
            for table in TABLES
        ),
    ]
