"""What is true of a complaint is told from what is counted of it alone, so that an index answers for an area."""

from django.db import migrations, models

FACTS = """
CREATE FUNCTION complaints_facts(
    state text, was_late boolean, times_reopened smallint, is_across boolean, satisfaction smallint,
    days_used smallint
) RETURNS TABLE (what text, days integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
    SELECT fact.what, fact.days FROM (VALUES
        (true, 'told', -1),
        (true, 'state:' || $1, -1),
        ($2, 'late', -1),
        ($3 > 0, 'reopened', -1),
        ($4, 'across', -1),
        ($5 IS NOT NULL, 'rated', $5::integer),
        ($1 = 'closed' AND $6 IS NOT NULL, 'closed_in', $6::integer)
    ) AS fact (is_so, what, days) WHERE fact.is_so
$$;
CREATE OR REPLACE FUNCTION complaints_facts(told complaints_complaint) RETURNS TABLE (what text, days integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
    SELECT fact.what, fact.days FROM complaints_facts(
        told.state, told.was_late, told.times_reopened, told.is_across, told.satisfaction, told.days_used
    ) AS fact WHERE NOT told.is_restricted
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION complaints_facts(told complaints_complaint) RETURNS TABLE (what text, days integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
    SELECT fact.what, fact.days FROM (VALUES
        (true, 'told', -1),
        (true, 'state:' || told.state, -1),
        (told.was_late, 'late', -1),
        (told.times_reopened > 0, 'reopened', -1),
        (told.is_across, 'across', -1),
        (told.satisfaction IS NOT NULL, 'rated', told.satisfaction::integer),
        (told.state = 'closed' AND told.days_used IS NOT NULL, 'closed_in', told.days_used::integer)
    ) AS fact (is_so, what, days) WHERE fact.is_so AND NOT told.is_restricted
$$;
DROP FUNCTION complaints_facts(text, boolean, smallint, boolean, smallint, smallint);
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0011_rule_reasons")]

    operations = [
        migrations.RunSQL(FACTS, BEFORE),
        migrations.RemoveIndex(model_name="complaint", name="complaints_kind_area"),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                fields=["kind", "area"],
                include=[
                    "created_at",
                    "state",
                    "was_late",
                    "times_reopened",
                    "is_across",
                    "satisfaction",
                    "days_used",
                    "is_restricted",
                ],
                name="complaints_counted",
            ),
        ),
    ]
