"""The table of notes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=40)),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "public reason"), ("internal", "internal note")], max_length=8
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("salt", models.BinaryField(null=True)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "posting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.posting",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_kind", "subject_id"], name="cases_note_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry_id", "audience"), name="cases_one_note_an_audience"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at", None), ("salt__isnull", False)),
                            models.Q(("erased_at__isnull", False), ("salt", None), ("text", "")),
                            _connector="OR",
                        ),
                        name="cases_erased_note_is_empty",
                    ),
                ],
            },
        ),
    ]
