import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0008_figures")]

    operations = [
        migrations.RemoveIndex(model_name="photograph", name="complaints_photograph_bands"),
        migrations.RemoveField(model_name="photograph", name="bands"),
        migrations.RemoveField(model_name="photograph", name="print"),
        migrations.CreateModel(
            name="Print",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_whole", models.BooleanField()),
                ("bits", models.BigIntegerField()),
                (
                    "photograph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prints",
                        to="complaints.photograph",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("bits").bitrightshift(16 * band).bitand(65535),
                        include=["bits", "photograph"],
                        name=f"complaints_print_band_{band}",
                    )
                    for band in range(4)
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_whole", True)),
                        fields=("photograph",),
                        name="complaints_print_one_whole",
                    )
                ],
            },
        ),
    ]
