"""Time limits, pauses and escalation, with the first rows of each."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LIMITS = [("end", 30), ("desk", 1), ("closing", 3), ("acknowledge", 3), ("answer", 15)]
"""Fifteen days to answer is what the Royal Decree on Good Governance, B.E. 2546, section 38, gives agencies."""
LADDER = [(1, "complaint_officer"), (3, "provincial_head"), (7, "governor")]


def write_rows(apps, schema_editor):
    limit, escalation = (apps.get_model("complaints", name) for name in ("TimeLimit", "Escalation"))
    limit.objects.bulk_create(
        limit(clock=clock, days=days, valid_from=datetime.date(2000, 1, 1)) for clock, days in LIMITS
    )
    escalation.objects.bulk_create(escalation(days_late=days, role_id=role) for days, role in LADDER)


def remove_rows(apps, schema_editor):
    for name in ("TimeLimit", "Escalation"):
        apps.get_model("complaints", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_complaint_officer"),
        ("complaints", "0002_kinds"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("days_late", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                "ordering": ["days_late"],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asks_sender", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TimeLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clock",
                    models.CharField(
                        choices=[
                            ("end", "From receiving to closing"),
                            ("desk", "To say who goes on"),
                            ("closing", "To close after the answer"),
                            ("acknowledge", "To take it up"),
                            ("answer", "To answer"),
                        ],
                        max_length=12,
                        verbose_name="clock",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="working days")),
                ("valid_from", models.DateField(verbose_name="in force from")),
            ],
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="end_by",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="escalated",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="was_late",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="referral",
            name="due_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="end_by",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="was_late",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["province", "due_on", "id"], name="complaints_due"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["agency", "due_on", "id"], name="complaints_inbox_due"),
        ),
        migrations.AddField(
            model_name="escalation",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.role"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="area",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.area",
                verbose_name="province",
            ),
        ),
        migrations.AddField(
            model_name="timelimit",
            name="kind",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="complaints.kind",
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("complaint",),
                name="complaints_one_pause_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="complaints_pause_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="timelimit",
            constraint=models.UniqueConstraint(
                fields=("clock", "kind", "area", "valid_from"),
                name="complaints_one_limit_a_day",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="timelimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__range", (1, 365))), name="complaints_limit_is_a_year"
            ),
        ),
        migrations.RunPython(write_rows, remove_rows),
    ]
