"""The tally of areas, and what lists of a province are read by."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_form_key"),
        ("places", "0001_initial"),
        ("planning", "0012_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", models.CharField(max_length=8)),
                ("above", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=8)),
                ("state", models.CharField(max_length=40)),
                ("number", models.BigIntegerField()),
                ("money", models.DecimalField(decimal_places=2, max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=8)),
                ("state", models.CharField(max_length=40)),
                ("number", models.BigIntegerField()),
                ("money", models.DecimalField(decimal_places=2, max_digits=20)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="need",
            name="planning_need_area",
        ),
        migrations.RemoveIndex(
            model_name="proposal",
            name="planning_proposal_area",
        ),
        migrations.AddField(
            model_name="need",
            name="province",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("area", 2),
                output_field=models.CharField(max_length=2),
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="province",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("area", 2),
                output_field=models.CharField(max_length=2),
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["area", "-id", "state", "sector"], name="planning_need_area"),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                fields=["province", "-id", "state", "sector", "area"], name="planning_need_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                fields=["province", "-households", "-id", "state", "sector", "area"],
                name="planning_need_households",
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["-households", "-id"], name="planning_need_all_households"),
        ),
        migrations.AddIndex(
            model_name="planitem",
            index=models.Index(fields=["version", "-amount", "id"], name="planning_item_amount_order"),
        ),
        migrations.AddIndex(
            model_name="planitem",
            index=models.Index(fields=["version", "area", "id"], name="planning_item_area_order"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["area", "-id", "state", "sector"], name="planning_proposal_area"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                fields=["province", "-id", "state", "sector", "area"], name="planning_proposal_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                fields=["province", "-budget_asked", "-id", "state", "sector", "area"],
                name="planning_proposal_budget",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["-budget_asked", "-id"], name="planning_proposal_all_budget"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["above"], name="planning_tally_above"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("area_code", "kind", "state"), name="planning_tally_once"
            ),
        ),
    ]
