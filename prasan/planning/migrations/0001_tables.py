"""The tables of the room, as its first nineteen migrations left them; three stand for all of those."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    # A database that the last of them brought this far goes on from here; one in between is
    # refused, since its tables are there already.
    replaces = [("planning", "0019_plan_book")]

    dependencies = [
        ("agencies", "0004_form_key"),
        ("documents", "0001_initial"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StrategicIssue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_year", models.PositiveSmallIntegerField(verbose_name="first fiscal year")),
                ("last_year", models.PositiveSmallIntegerField(verbose_name="last fiscal year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name_th", models.CharField(max_length=300, verbose_name="name in Thai")),
                ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
            options={
                "verbose_name": "strategic issue",
                "verbose_name_plural": "strategic issues",
                "ordering": ["area_id", "-first_year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "first_year", "number"), name="planning_issue_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_year__gte", models.F("first_year"))),
                        name="planning_issue_years",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name_th", models.CharField(max_length=300, verbose_name="name in Thai")),
                ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approaches",
                        to="planning.strategicissue",
                    ),
                ),
            ],
            options={
                "verbose_name": "approach",
                "verbose_name_plural": "approaches",
                "ordering": ["issue_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("issue", "number"), name="planning_approach_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "scoring sheet",
                "verbose_name_plural": "scoring sheets",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("area", "fiscal_year"),
                        name="planning_sheet_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name_th", models.CharField(max_length=200, verbose_name="name in Thai")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                ("weight", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="weight")),
                ("scale", models.PositiveSmallIntegerField(default=5, verbose_name="highest mark")),
                ("meaning", models.TextField(blank=True, verbose_name="what the marks mean")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="planning.scoresheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["sheet_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "number"), name="planning_criterion_number"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="planning_criterion_weighs_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scale__range", (1, 100))), name="planning_criterion_scale"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueIndicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=300, verbose_name="indicator")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="planning.strategicissue",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator of an issue",
                "verbose_name_plural": "indicators of issues",
                "ordering": ["issue_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issue", "number"), name="planning_issue_indicator_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectKind",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name_th", models.CharField(max_length=120, verbose_name="name in Thai")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=600)),
                ("is_open", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "kind of project",
                "verbose_name_plural": "kinds of project",
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name_th", models.CharField(max_length=120, verbose_name="name in Thai")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=600)),
                ("is_open", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
            },
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
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "province",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left("area", 2),
                        output_field=models.CharField(max_length=2),
                    ),
                ),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                (
                    "is_point_public",
                    models.BooleanField(default=False, editable=False, verbose_name="point is public"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="what is needed")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("households", models.PositiveIntegerField(default=0, verbose_name="households touched")),
                ("search_key", models.TextField(db_collation="C", default="", editable=False)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="village",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="planning.need",
                        verbose_name="joined with",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "indexes": [
                    models.Index(fields=["area", "-id", "state", "sector"], name="planning_need_area"),
                    models.Index(
                        fields=["province", "-id", "state", "sector", "area"], name="planning_need_newest"
                    ),
                    models.Index(
                        fields=["province", "-households", "-id", "state", "sector", "area"],
                        name="planning_need_households",
                    ),
                    models.Index(fields=["-households", "-id"], name="planning_need_all_households"),
                    models.Index(fields=["state", "-id"], name="planning_need_state"),
                    models.Index(
                        condition=models.Q(("latitude__isnull", False)),
                        fields=["latitude", "longitude"],
                        name="planning_need_point",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="planning_need_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="planning_need_point_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "province",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left("area", 2),
                        output_field=models.CharField(max_length=2),
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name of the project")),
                ("rationale", models.TextField(blank=True, verbose_name="rationale")),
                ("objective", models.TextField(blank=True, verbose_name="objective")),
                (
                    "main_programme",
                    models.CharField(blank=True, max_length=300, verbose_name="main programme"),
                ),
                ("programme", models.CharField(blank=True, max_length=300, verbose_name="programme")),
                ("target_words", models.TextField(blank=True, verbose_name="target area in words")),
                ("operator", models.CharField(blank=True, max_length=300, verbose_name="operating agency")),
                ("starts", models.DateField(null=True, verbose_name="begins")),
                ("ends", models.DateField(null=True, verbose_name="ends")),
                ("output", models.TextField(blank=True, verbose_name="output")),
                ("outcome", models.TextField(blank=True, verbose_name="outcome")),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
                (
                    "households",
                    models.PositiveIntegerField(default=0, verbose_name="households that benefit"),
                ),
                (
                    "beneficiaries",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people who benefit"),
                ),
                (
                    "budget_asked",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=16, verbose_name="budget asked (baht)"
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                (
                    "doer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "the area itself"),
                            ("joint", "jointly with an agency"),
                            ("refer", "referred to an agency"),
                        ],
                        max_length=8,
                        verbose_name="who does it",
                    ),
                ),
                (
                    "refer_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("central", "central"),
                            ("provincial", "provincial"),
                            ("amphoe", "amphoe"),
                            ("local", "local"),
                        ],
                        max_length=12,
                        verbose_name="level of the agency",
                    ),
                ),
                (
                    "serves",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("issue", "serves a strategic issue"),
                            ("none", "serves no strategic issue"),
                        ],
                        max_length=8,
                        verbose_name="strategic issue",
                    ),
                ),
                ("search_key", models.TextField(db_collation="C", default="", editable=False)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "approach",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.approach",
                        verbose_name="approach",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="target area",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "classified_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.resolution",
                        verbose_name="resolution",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.projectkind",
                        verbose_name="kind of project",
                    ),
                ),
                (
                    "lead_agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="lead agency",
                    ),
                ),
                (
                    "needs",
                    models.ManyToManyField(
                        related_name="proposals", to="planning.need", verbose_name="needs answered"
                    ),
                ),
                (
                    "own_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="proposing agency",
                    ),
                ),
                (
                    "submitters",
                    models.ManyToManyField(editable=False, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.strategicissue",
                        verbose_name="strategic issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "indexes": [
                    models.Index(fields=["area", "-id", "state", "sector"], name="planning_proposal_area"),
                    models.Index(
                        fields=["province", "-id", "state", "sector", "area"], name="planning_proposal_newest"
                    ),
                    models.Index(
                        fields=["province", "-budget_asked", "-id", "state", "sector", "area"],
                        name="planning_proposal_budget",
                    ),
                    models.Index(fields=["-budget_asked", "-id"], name="planning_proposal_all_budget"),
                    models.Index(fields=["state", "-id"], name="planning_proposal_state"),
                    models.Index(
                        condition=models.Q(("latitude__isnull", False)),
                        fields=["latitude", "longitude"],
                        name="planning_proposal_point",
                    ),
                    models.Index(fields=["lead_agency", "state"], name="planning_proposal_lead"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="planning_proposal_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("budget_asked__gte", 0)), name="planning_proposal_budget"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts", None),
                            ("ends", None),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="planning_proposal_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="planning_proposal_point_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issue__isnull", False), ("serves", "issue")),
                            models.Q(models.Q(("serves", "issue"), _negated=True), ("issue", None)),
                            _connector="OR",
                        ),
                        name="planning_proposal_names_the_issue_it_serves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("doer", "refer"), models.Q(("refer_level", ""), _negated=True)),
                            models.Q(models.Q(("doer", "refer"), _negated=True), ("refer_level", "")),
                            _connector="OR",
                        ),
                        name="planning_proposal_names_the_level_it_is_referred_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("classified_in", None), ("doer", ""), ("serves", "")),
                            models.Q(
                                models.Q(("doer", ""), _negated=True),
                                models.Q(("serves", ""), _negated=True),
                                ("classified_in__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="planning_proposal_is_classified_by_a_resolution",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Routing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("is_lead", models.BooleanField(default=False, verbose_name="lead agency")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routings",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "routing",
                "verbose_name_plural": "routings",
                "indexes": [models.Index(fields=["agency", "state"], name="planning_routing_agency")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("sent", "received", "accepted"))),
                        fields=("proposal", "agency"),
                        name="planning_routing_open_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_lead", True), ("state__in", ("sent", "received", "accepted"))
                        ),
                        fields=("proposal",),
                        name="planning_routing_one_lead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "routing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment",
                        to="planning.routing",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment of an agency",
                "verbose_name_plural": "assessments of agencies",
            },
        ),
        migrations.CreateModel(
            name="ColumnHabit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("columns", models.JSONField()),
                ("confirmed_at", models.DateTimeField(auto_now=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "habit of columns",
                "verbose_name_plural": "habits of columns",
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                ("lines", models.PositiveIntegerField(verbose_name="lines")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="amount (baht)"),
                ),
                ("imported_at", models.DateTimeField(auto_now_add=True)),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of budget lines",
                "verbose_name_plural": "imports of budget lines",
            },
        ),
        migrations.CreateModel(
            name="ClusterRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="as written")),
                ("document", models.CharField(max_length=60, verbose_name="document")),
                ("first_page", models.PositiveIntegerField(verbose_name="first page")),
                ("last_page", models.PositiveIntegerField(verbose_name="last page")),
                ("followed_by", models.CharField(max_length=200, verbose_name="provinces that follow")),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.provincecluster",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="planning.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "pages of a province cluster",
                "verbose_name_plural": "pages of province clusters",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_page__gte", models.F("first_page"))),
                        name="planning_run_pages",
                    ),
                    models.UniqueConstraint(fields=("document", "first_page"), name="planning_run_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                ("target", models.CharField(max_length=120, verbose_name="target")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="planning.issueindicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "target of an issue",
                "verbose_name_plural": "targets of issues",
                "ordering": ["indicator_id", "fiscal_year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "fiscal_year"), name="planning_issue_target_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NothingToReport",
            fields=[
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agencies.callanswer",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nothing to report",
                "verbose_name_plural": "nothing to report",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("village", "village plan"),
                            ("tambon", "tambon plan"),
                            ("amphoe", "amphoe plan"),
                            ("five_year", "five-year provincial plan"),
                            ("yearly", "yearly action plan"),
                            ("system", "system plan"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("first_year", models.PositiveSmallIntegerField(verbose_name="first fiscal year")),
                ("last_year", models.PositiveSmallIntegerField(verbose_name="last fiscal year")),
                (
                    "ceiling",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="ceiling (baht)"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.provincecluster",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("area", None), ("cluster", None), _connector="XOR"),
                        name="planning_plan_has_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_year__gte", models.F("first_year"))),
                        name="planning_plan_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ceiling", None), ("ceiling__gt", 0), _connector="OR"),
                        name="planning_plan_ceiling",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "area", "cluster", "first_year"),
                        name="planning_plan_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallTerms",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agencies.call",
                    ),
                ),
                (
                    "ceiling",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, null=True, verbose_name="budget ceiling (baht)"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what is asked")),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "issues",
                    models.ManyToManyField(
                        related_name="+", to="planning.strategicissue", verbose_name="strategic issues"
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a call",
                "verbose_name_plural": "terms of calls",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ceiling", None), ("ceiling__gt", 0), _connector="OR"),
                        name="planning_terms_ceiling_is_a_sum",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "source",
                    models.CharField(
                        choices=[("own", "the plan itself"), ("bill", "money in the bill")],
                        default="own",
                        max_length=8,
                        verbose_name="source",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "endorsed_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.resolution",
                        verbose_name="resolution",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="planning.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a plan",
                "verbose_name_plural": "versions of plans",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="planning_version_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")),
                        fields=("plan",),
                        name="planning_version_adopted_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source", "bill"), ("state", "in_bill")),
                        fields=("plan",),
                        name="planning_version_bill_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.CharField(max_length=64)),
                ("ordered_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0, verbose_name="steps done")),
                ("whole", models.PositiveIntegerField(default=0, verbose_name="steps in all")),
                ("failed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("projects", models.PositiveIntegerField(default=0, verbose_name="projects")),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="pages")),
                ("size", models.BigIntegerField(default=0, verbose_name="size of the PDF")),
                ("list_size", models.BigIntegerField(default=0, verbose_name="size of the XLSX")),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="books",
                        to="planning.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan book",
                "verbose_name_plural": "plan books",
                "constraints": [
                    models.UniqueConstraint(fields=("version", "content"), name="planning_book_once"),
                    models.CheckConstraint(
                        condition=models.Q(("finished_at", None), ("failed_at", None), _connector="OR"),
                        name="planning_book_finished_or_failed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "required",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("photograph", "photograph"),
                                ("drawing", "drawing and specification"),
                                ("land_permission", "land permission"),
                                ("cost_estimate", "cost estimate"),
                                ("other", "other document"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="required files",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kinds",
                        to="planning.callterms",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.projectkind",
                        verbose_name="kind of project",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of project in a call",
                "verbose_name_plural": "kinds of project in calls",
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "kind"), name="planning_call_kind_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.PositiveSmallIntegerField(verbose_name="mark")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("given_at", models.DateTimeField(auto_now=True)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="planning.criterion",
                    ),
                ),
                (
                    "scorer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("criterion", "proposal", "scorer"), name="planning_mark_once_a_scorer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=300, verbose_name="indicator")),
                ("target", models.CharField(max_length=300, verbose_name="target")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator of a proposal",
                "verbose_name_plural": "indicators of proposals",
                "ordering": ["proposal_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="planning_indicator_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Descent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("merged", "merged"), ("split", "split")], max_length=8, verbose_name="how"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="planning.proposal",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="descents",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "descent of a proposal",
                "verbose_name_plural": "descents of proposals",
                "constraints": [
                    models.UniqueConstraint(fields=("parent", "child"), name="planning_descent_once"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("child")), _negated=True),
                        name="planning_descent_is_from_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("photograph", "photograph"),
                            ("drawing", "drawing and specification"),
                            ("land_permission", "land permission"),
                            ("cost_estimate", "cost estimate"),
                            ("other", "other document"),
                        ],
                        default="photograph",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("released_at", models.DateTimeField(editable=False, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.file"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="planning.need",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("need", None), ("proposal", None), _connector="XOR"),
                        name="planning_attachment_has_one_owner",
                    ),
                    models.UniqueConstraint(
                        fields=("need", "proposal", "file", "kind"),
                        name="planning_attachment_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=300, verbose_name="activity")),
                (
                    "responsible",
                    models.CharField(blank=True, max_length=300, verbose_name="responsible agency"),
                ),
                (
                    "helpers",
                    models.CharField(blank=True, max_length=600, verbose_name="co-operating agencies"),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["proposal_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="planning_activity_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                ("headers", models.JSONField()),
                ("columns", models.JSONField(default=dict)),
                ("is_confirmed", models.BooleanField(default=False, verbose_name="columns confirmed")),
                ("fiscal_year", models.PositiveSmallIntegerField(null=True, verbose_name="fiscal year")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("submitted", "before their tambon committees"),
                            ("accepted", "ready to be ranked and decided"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="where they stand",
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("ordered_at", models.DateTimeField(null=True)),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="taken in")),
                ("taken_at", models.DateTimeField(null=True)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "list of projects",
                "verbose_name_plural": "lists of projects",
            },
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted"),
                            ("revised", "revised"),
                            ("composed", "made by the tambon committee"),
                            ("imported", "imported"),
                        ],
                        max_length=12,
                        verbose_name="why",
                    ),
                ),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="planning.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a proposal",
                "verbose_name_plural": "versions of proposals",
                "ordering": ["proposal_id", "number"],
                "indexes": [models.Index(fields=["proposal", "made_at"], name="planning_version_moment")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "number"), name="planning_proposal_version_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "power",
                    models.CharField(
                        choices=[
                            ("yes", "within its power"),
                            ("partly", "partly within its power"),
                            ("no", "not within its power"),
                        ],
                        max_length=8,
                        verbose_name="power",
                    ),
                ),
                ("mandate", models.TextField(blank=True, verbose_name="law or mandate")),
                (
                    "feasibility",
                    models.CharField(
                        choices=[
                            ("usual", "feasible with usual means"),
                            ("conditions", "feasible under conditions"),
                            ("hard", "hard to carry out"),
                            ("not", "not feasible"),
                        ],
                        max_length=10,
                        verbose_name="technical feasibility",
                    ),
                ),
                (
                    "feasibility_words",
                    models.TextField(blank=True, verbose_name="technical feasibility in words"),
                ),
                (
                    "design",
                    models.CharField(
                        choices=[
                            ("there", "there"),
                            ("lacking", "still lacking"),
                            ("not_needed", "not needed"),
                        ],
                        max_length=10,
                        verbose_name="design",
                    ),
                ),
                (
                    "land",
                    models.CharField(
                        choices=[
                            ("there", "there"),
                            ("lacking", "still lacking"),
                            ("not_needed", "not needed"),
                        ],
                        max_length=10,
                        verbose_name="land",
                    ),
                ),
                (
                    "permits",
                    models.CharField(
                        choices=[
                            ("there", "there"),
                            ("lacking", "still lacking"),
                            ("not_needed", "not needed"),
                        ],
                        max_length=10,
                        verbose_name="permits",
                    ),
                ),
                (
                    "asked",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="budget asked (baht)"),
                ),
                (
                    "estimate",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="the agency's own estimate (baht)",
                    ),
                ),
                ("cost_words", models.TextField(blank=True, verbose_name="cost in words")),
                (
                    "recommendation",
                    models.CharField(
                        choices=[
                            ("accept", "take it on"),
                            ("decline", "decline it"),
                            ("return", "send it back for more"),
                        ],
                        max_length=8,
                        verbose_name="recommendation",
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="planning.assessment",
                    ),
                ),
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
                (
                    "duplicates",
                    models.ManyToManyField(
                        related_name="+", to="planning.proposal", verbose_name="duplicates"
                    ),
                ),
                (
                    "read",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.proposalversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an assessment",
                "verbose_name_plural": "versions of assessments",
                "ordering": ["assessment_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "number"), name="planning_assessment_version_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("power", "no"), models.Q(("mandate", ""), _negated=True), _connector="OR"
                        ),
                        name="planning_assessment_names_its_power",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("feasibility", "usual"),
                            models.Q(("feasibility_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="planning_assessment_says_what_is_hard",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimate", None), ("estimate__gte", 0), _connector="OR"),
                        name="planning_assessment_estimate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
                ("reviewed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="planning.proposal",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.proposalversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a proposal",
                "verbose_name_plural": "reviews of proposals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "fiscal_year", "quarter"), name="planning_review_once_a_quarter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (1, 4))), name="planning_review_quarter"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RankingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="order")),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                ("is_tied", models.BooleanField(default=False, verbose_name="shares its place")),
                ("points", models.DecimalField(decimal_places=6, max_digits=9, verbose_name="points")),
                ("shares", models.JSONField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ranked_on",
                        to="planning.proposal",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ranking",
                        to="planning.scoresheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a ranking",
                "verbose_name_plural": "places in rankings",
                "ordering": ["sheet_id", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "proposal"), name="planning_ranked_once_a_sheet"
                    ),
                    models.UniqueConstraint(fields=("sheet", "order"), name="planning_ranking_order"),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1)), name="planning_ranking_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.TextField(verbose_name="title")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount (baht)"),
                ),
                (
                    "amount_written",
                    models.CharField(blank=True, max_length=40, verbose_name="amount as written"),
                ),
                ("priority", models.PositiveIntegerField(null=True, verbose_name="priority")),
                (
                    "placing",
                    models.CharField(
                        choices=[
                            ("proposal", "as the proposal says"),
                            ("whole", "for the whole province or cluster"),
                            ("text", "read from the text"),
                            ("person", "decided by an officer"),
                            ("unplaced", "waits for an officer"),
                        ],
                        max_length=10,
                        verbose_name="how it was placed",
                    ),
                ),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ambiguous", "the words fit several places"),
                            ("several", "the text names several places"),
                            ("not_found", "no place of this name was found"),
                            ("outside", "the text names a place outside"),
                        ],
                        max_length=10,
                        verbose_name="why it waits",
                    ),
                ),
                ("place_score", models.FloatField(null=True)),
                ("source_document", models.CharField(blank=True, max_length=60, verbose_name="document")),
                ("source_page", models.PositiveIntegerField(null=True, verbose_name="page")),
                ("source_line", models.CharField(blank=True, max_length=60, verbose_name="line")),
                (
                    "source_unit",
                    models.CharField(blank=True, max_length=200, verbose_name="budget unit as written"),
                ),
                (
                    "source_project",
                    models.CharField(blank=True, max_length=300, verbose_name="project as written"),
                ),
                (
                    "source_category",
                    models.CharField(blank=True, max_length=400, verbose_name="category as written"),
                ),
                ("search_key", models.TextField(db_collation="C", default="", editable=False)),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="place",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="planning.importbatch",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="planning.clusterrun",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="planning.planversion",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_items",
                        to="planning.proposal",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan item",
                "verbose_name_plural": "plan items",
                "indexes": [
                    models.Index(fields=["version", "priority", "id"], name="planning_item_order"),
                    models.Index(fields=["version", "-amount", "id"], name="planning_item_amount_order"),
                    models.Index(fields=["version", "area", "id"], name="planning_item_area_order"),
                    models.Index(fields=["area"], name="planning_item_area"),
                    models.Index(fields=["placing", "id"], name="planning_item_placing"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="planning_item_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="planning_item_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposal__isnull", False), ("source_line", "")),
                            models.Q(("proposal", None), models.Q(("source_line", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="planning_item_has_one_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("placing", "unplaced"), _negated=True),
                            models.Q(("doubt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="planning_item_says_why_it_waits",
                    ),
                    models.UniqueConstraint(
                        fields=("version", "proposal"), name="planning_item_proposal_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_line", ""), _negated=True),
                        fields=("source_document", "source_line"),
                        name="planning_item_line_once",
                    ),
                ],
            },
        ),
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
            options={
                "indexes": [models.Index(fields=["above"], name="planning_tally_above")],
                "constraints": [
                    models.UniqueConstraint(fields=("area_code", "kind", "state"), name="planning_tally_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount (baht)"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budgets",
                        to="planning.activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget of an activity",
                "verbose_name_plural": "budgets of activities",
                "ordering": ["activity_id", "fiscal_year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "fiscal_year"), name="planning_activity_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="planning_activity_costs_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetUnitAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=200, unique=True, verbose_name="as written")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.provincecluster",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name of a budget unit",
                "verbose_name_plural": "other names of budget units",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("area", None), ("cluster", None), _connector="XOR"),
                        name="planning_alias_has_one_meaning",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="last day")),
                ("reason", models.TextField(verbose_name="reason")),
                ("signed_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.call"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "exception from a call",
                "verbose_name_plural": "exceptions from calls",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("area", None), ("agency", None), _connector="XOR"),
                        name="planning_exception_is_for_an_area_or_an_agency",
                    )
                ],
            },
        ),
    ]
