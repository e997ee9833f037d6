"""Figures of complaints that the database counts as cases are written."""

from django.conf import settings
from django.db import migrations, models

COUNT = """
-- What is true of a complaint, and how much of it; `told` of every one. Complaints against officials are nowhere counted.
CREATE FUNCTION complaints_facts(told complaints_complaint) RETURNS TABLE (what text, days integer)
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
CREATE FUNCTION complaints_facts(sent complaints_referral) RETURNS TABLE (what text, days integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
    SELECT fact.what, fact.days FROM (VALUES
        (true, 'told', -1),
        (true, 'state:' || sent.state, -1),
        (sent.was_late, 'late', -1),
        (sent.days_to_acknowledge IS NOT NULL, 'acknowledged_in', sent.days_to_acknowledge::integer),
        (sent.state = 'answered' AND sent.days_used IS NOT NULL, 'answered_in', sent.days_used::integer)
    ) AS fact (is_so, what, days) WHERE fact.is_so AND sent.is_latest
$$;
CREATE FUNCTION complaints_month(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT date_trunc('month', at AT TIME ZONE 'Asia/Bangkok')::date
$$;

-- Of one row as it was and as it is: what an act took away and what it added, where that differs.
CREATE FUNCTION complaints_count_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO complaints_tallychange (area_code, kind, month, agency_id, what, days, number)
    SELECT area_code, kind, month, 0, what, days, sum(number) FROM (
        SELECT left(NEW.area_id, 4) AS area_code, coalesce(NEW.kind_id, '') AS kind,
               complaints_month(NEW.created_at) AS month, what, days, 1 AS number
        FROM complaints_facts(NEW)
        UNION ALL
        SELECT left(OLD.area_id, 4), coalesce(OLD.kind_id, ''), complaints_month(OLD.created_at), what, days, -1
        FROM complaints_facts(OLD) WHERE TG_OP = 'UPDATE'
    ) AS change
    GROUP BY area_code, kind, month, what, days HAVING sum(number) <> 0;
    IF TG_OP = 'UPDATE' AND (left(OLD.area_id, 4), OLD.kind_id, OLD.is_restricted)
        IS DISTINCT FROM (left(NEW.area_id, 4), NEW.kind_id, NEW.is_restricted)
    THEN
        INSERT INTO complaints_tallychange (area_code, kind, month, agency_id, what, days, number)
        SELECT CASE WHEN sign = 1 THEN left(NEW.area_id, 4) ELSE left(OLD.area_id, 4) END,
               coalesce(CASE WHEN sign = 1 THEN NEW.kind_id ELSE OLD.kind_id END, ''),
               complaints_month(NEW.created_at), sent.agency_id, fact.what, fact.days, sum(sign)
        FROM complaints_referral AS sent, complaints_facts(sent) AS fact, (VALUES (1), (-1)) AS signs (sign)
        WHERE sent.complaint_id = NEW.id
          AND NOT CASE WHEN sign = 1 THEN NEW.is_restricted ELSE OLD.is_restricted END
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION complaints_count_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO complaints_tallychange (area_code, kind, month, agency_id, what, days, number)
    SELECT left(told.area_id, 4), coalesce(told.kind_id, ''), complaints_month(told.created_at),
           NEW.agency_id, change.what, change.days, sum(change.number)
    FROM complaints_complaint AS told, (
        SELECT what, days, 1 AS number FROM complaints_facts(NEW)
        UNION ALL
        SELECT what, days, -1 FROM complaints_facts(OLD) WHERE TG_OP = 'UPDATE'
    ) AS change
    WHERE told.id = NEW.complaint_id AND NOT told.is_restricted
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(change.number) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER complaints_tally_told AFTER INSERT
    OR UPDATE OF state, kind_id, area_id, is_restricted, was_late, times_reopened, is_across, satisfaction, days_used
    ON complaints_complaint FOR EACH ROW EXECUTE FUNCTION complaints_count_told();
CREATE TRIGGER complaints_tally_sent AFTER INSERT
    OR UPDATE OF state, was_late, is_latest, days_used, days_to_acknowledge
    ON complaints_referral FOR EACH ROW EXECUTE FUNCTION complaints_count_sent();

-- A change as every area and kind counts it: country and province by kind and together, an amphoe together
-- and, of what was told, by kind.
CREATE FUNCTION complaints_spread(area text, kind text, what text)
RETURNS TABLE (area_code text, above text, as_kind text) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 6 AS $$
    SELECT around.code, around.above, kinds.as_kind
    FROM (VALUES ('TH', '', true), (left(area, 2), 'TH', true), (area, left(area, 2), length(area) = 4))
             AS around (code, above, is_there),
         (VALUES ('*'), (kind)) AS kinds (as_kind)
    WHERE around.is_there AND (length(around.code) = 2 OR kinds.as_kind = '*' OR what = 'told')
$$;
-- Both parts of the same types, or no condition would reach the index of the first.
CREATE VIEW complaints_tallynow AS
SELECT area_code, above, kind, month, agency_id, what, days, number FROM complaints_tally
UNION ALL
SELECT spread.area_code::varchar(4), spread.above::varchar(2), spread.as_kind::varchar(40), change.month,
       change.agency_id, change.what, change.days, change.number
FROM complaints_tallychange AS change,
     complaints_spread(change.area_code, change.kind, change.what) AS spread;

-- Every figure from the cases themselves: what the tally equals at any moment.
CREATE VIEW complaints_recount AS
SELECT spread.area_code, spread.above, spread.as_kind AS kind, counted.month, counted.agency_id, counted.what,
       counted.days, sum(counted.number)::bigint AS number
FROM (
    SELECT left(told.area_id, 4) AS area, coalesce(told.kind_id, '') AS kind,
           complaints_month(told.created_at) AS month, 0::bigint AS agency_id, fact.what, fact.days,
           count(*) AS number
    FROM complaints_complaint AS told, complaints_facts(told) AS fact
    GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL
    SELECT left(told.area_id, 4), coalesce(told.kind_id, ''), complaints_month(told.created_at), sent.agency_id,
           fact.what, fact.days, count(*)
    FROM complaints_referral AS sent JOIN complaints_complaint AS told ON told.id = sent.complaint_id,
         complaints_facts(sent) AS fact
    WHERE NOT told.is_restricted
    GROUP BY 1, 2, 3, 4, 5, 6
) AS counted, complaints_spread(counted.area, counted.kind, counted.what) AS spread
GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO complaints_tally (area_code, above, kind, month, agency_id, what, days, number)
SELECT area_code, above, kind, month, agency_id, what, days, number FROM complaints_recount;
"""
LET_GO = """
DROP VIEW complaints_recount;
DROP VIEW complaints_tallynow;
DROP TRIGGER complaints_tally_sent ON complaints_referral;
DROP TRIGGER complaints_tally_told ON complaints_complaint;
DROP FUNCTION complaints_count_sent(), complaints_count_told(), complaints_spread(text, text, text),
    complaints_facts(complaints_referral), complaints_facts(complaints_complaint), complaints_month(timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_holidays_by_hand"),
        ("complaints", "0007_doors"),
        ("places", "0001_initial"),
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
                ("area_code", models.CharField(max_length=4)),
                ("above", models.CharField(max_length=2)),
                ("kind", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("agency_id", models.BigIntegerField()),
                ("what", models.CharField(max_length=24)),
                ("days", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
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
                ("area_code", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("agency_id", models.BigIntegerField()),
                ("what", models.CharField(max_length=24)),
                ("days", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="complaint",
            name="days_used",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="is_across",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="times_reopened",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="referral",
            name="days_to_acknowledge",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="days_used",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="is_latest",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["kind", "area"], name="complaints_kind_area"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["above", "kind", "agency_id", "month"],
                include=["area_code", "what", "days", "number"],
                name="complaints_tally_above",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("area_code", "kind", "month", "agency_id", "what", "days"),
                name="complaints_tally_once",
            ),
        ),
        migrations.RunSQL(COUNT, LET_GO),
    ]
