"""What agencies think of proposals; lists kept once a form; what was told kept by the database."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was once entered, submitted, revised or assessed is never lost, whoever writes to the tables.
KEEP_WHAT_WAS_TOLD = """
CREATE FUNCTION planning_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was told is never changed: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER planning_version_is_kept BEFORE UPDATE OR DELETE ON planning_proposalversion
    FOR EACH ROW EXECUTE FUNCTION planning_keep();
CREATE TRIGGER planning_version_is_kept BEFORE UPDATE OR DELETE ON planning_assessmentversion
    FOR EACH ROW EXECUTE FUNCTION planning_keep();
CREATE TRIGGER planning_descent_is_kept BEFORE UPDATE OR DELETE ON planning_descent
    FOR EACH ROW EXECUTE FUNCTION planning_keep();
CREATE TRIGGER planning_need_is_kept BEFORE DELETE ON planning_need
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION planning_keep();
CREATE TRIGGER planning_proposal_is_kept BEFORE DELETE ON planning_proposal
    FOR EACH ROW WHEN (OLD.state NOT IN ('draft', 'agency_draft')) EXECUTE FUNCTION planning_keep();
"""
LET_IT_GO = """
DROP TRIGGER planning_proposal_is_kept ON planning_proposal;
DROP TRIGGER planning_need_is_kept ON planning_need;
DROP TRIGGER planning_descent_is_kept ON planning_descent;
DROP TRIGGER planning_version_is_kept ON planning_assessmentversion;
DROP TRIGGER planning_version_is_kept ON planning_proposalversion;
DROP FUNCTION planning_keep();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_form_key"),
        ("planning", "0015_exceptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="proposallist",
            name="form_key",
            field=models.UUIDField(editable=False, null=True, unique=True),
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
                    "duplicates",
                    models.ManyToManyField(
                        related_name="+", to="planning.proposal", verbose_name="duplicates"
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
                    "read",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.proposalversion",
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
        migrations.RunSQL(KEEP_WHAT_WAS_TOLD, LET_IT_GO),
    ]
