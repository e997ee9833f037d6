"""Appraisals; the explanation of indicator 4.1 gives no scale either, so marks of 2561 go from 0 to 5."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SCALE = 5
SAID = {
    "remark_th": (
        " ต้นทางไม่ได้บอกน้ำหนัก จึงให้เท่ากัน",
        " ต้นทางไม่ได้บอกน้ำหนักและช่วงคะแนน จึงให้น้ำหนักเท่ากัน และให้คะแนน 0 ถึง 5",
    ),
    "remark_en": (
        " It gives no weights; they are equal.",
        " It gives neither weights nor a scale; weights are equal, and marks go from 0 to 5.",
    ),
}


def write(apps, schema_editor):
    apps.get_model("innovations", "Criterion").objects.exclude(group="gate").update(scale=SCALE)
    say(apps, 0, 1)


def unsay(apps, schema_editor):
    say(apps, 1, 0)


def say(apps, before, after):
    for criteria in apps.get_model("innovations", "CriteriaSet").objects.filter(fiscal_year_from=2561):
        for column, words in SAID.items():
            setattr(criteria, column, getattr(criteria, column).replace(words[before], words[after]))
        criteria.save()


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_holidays_by_hand"),
        ("innovations", "0005_gallery_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appraisal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
            ],
            options={
                "verbose_name": "appraisal of an innovation",
                "verbose_name_plural": "appraisals of innovations",
                "ordering": ["innovation_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="AppraisalMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_passed", models.BooleanField(null=True)),
                ("value", models.PositiveSmallIntegerField(null=True, verbose_name="mark")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
            ],
            options={
                "verbose_name": "mark of an appraisal",
                "verbose_name_plural": "marks of appraisals",
                "ordering": ["appraisal_id", "criterion__position"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="criterion",
            name="innovations_gate_has_no_weight",
        ),
        migrations.AddField(
            model_name="criterion",
            name="scale",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="highest mark"),
            preserve_default=False,
        ),
        migrations.RunPython(write, unsay),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", "gate"), ("scale", 0), ("weight", 0)),
                    models.Q(
                        models.Q(("group", "gate"), _negated=True),
                        ("scale__range", (1, 10)),
                        ("weight__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="innovations_gate_has_no_weight",
            ),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="criteria",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appraisals",
                to="innovations.criteriaset",
            ),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="innovation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appraisals",
                to="innovations.innovation",
            ),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="posting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.posting",
            ),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="innovations.innovationversion",
            ),
        ),
        migrations.AddField(
            model_name="appraisalmark",
            name="appraisal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="innovations.appraisal"
            ),
        ),
        migrations.AddField(
            model_name="appraisalmark",
            name="criterion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="innovations.criterion"
            ),
        ),
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.UniqueConstraint(
                fields=("innovation", "number"), name="innovations_appraisal_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="appraisalmark",
            constraint=models.UniqueConstraint(
                fields=("appraisal", "criterion"), name="innovations_marked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="appraisalmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_passed", None), ("value__isnull", False)),
                    models.Q(("is_passed__isnull", False), ("value", None)),
                    _connector="OR",
                ),
                name="innovations_gate_or_mark",
            ),
        ),
        migrations.AddConstraint(
            model_name="appraisalmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_passed", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="innovations_gate_has_a_reason",
            ),
        ),
    ]
