"""Triggers that tell the tally what changes; what is there already is counted once."""

from django.db import migrations

# Inserted and deleted rows are counted together for each statement, so that a bulk of them makes few changes.
# Updates come one by one and only where something counted is different.
COUNT = """
CREATE FUNCTION planning_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'planning_need' THEN
        INSERT INTO planning_tallychange (area_code, kind, state, number, money)
        SELECT area_id, 'need', state, count(*) * TG_ARGV[0]::int, 0 FROM counted GROUP BY area_id, state;
    ELSE
        INSERT INTO planning_tallychange (area_code, kind, state, number, money)
        SELECT area_id, 'proposal', state, count(*) * TG_ARGV[0]::int, sum(budget_asked) * TG_ARGV[0]::int
        FROM counted GROUP BY area_id, state;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION planning_count_need() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO planning_tallychange (area_code, kind, state, number, money)
    VALUES (OLD.area_id, 'need', OLD.state, -1, 0), (NEW.area_id, 'need', NEW.state, 1, 0);
    RETURN NULL;
END $$;
CREATE FUNCTION planning_count_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO planning_tallychange (area_code, kind, state, number, money)
    VALUES (OLD.area_id, 'proposal', OLD.state, -1, -OLD.budget_asked),
           (NEW.area_id, 'proposal', NEW.state, 1, NEW.budget_asked);
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER planning_count_new AFTER INSERT ON planning_{table}
    REFERENCING NEW TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION planning_count('1');
CREATE TRIGGER planning_count_gone AFTER DELETE ON planning_{table}
    REFERENCING OLD TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION planning_count('-1');
CREATE TRIGGER planning_count_changed AFTER UPDATE ON planning_{table} FOR EACH ROW
    WHEN ({different}) EXECUTE FUNCTION planning_count_{table}();
"""
DIFFERENT = "OLD.area_id <> NEW.area_id OR OLD.state <> NEW.state"
BEGIN = (
    COUNT
    + TRIGGERS.format(table="need", different=DIFFERENT)
    + TRIGGERS.format(table="proposal", different=f"{DIFFERENT} OR OLD.budget_asked <> NEW.budget_asked")
)
END = """
DROP TRIGGER planning_count_new ON planning_need;
DROP TRIGGER planning_count_gone ON planning_need;
DROP TRIGGER planning_count_changed ON planning_need;
DROP TRIGGER planning_count_new ON planning_proposal;
DROP TRIGGER planning_count_gone ON planning_proposal;
DROP TRIGGER planning_count_changed ON planning_proposal;
DROP FUNCTION planning_count();
DROP FUNCTION planning_count_need();
DROP FUNCTION planning_count_proposal();
DELETE FROM planning_tally;
DELETE FROM planning_tallychange;
"""

# As changes: the worker folds them within seconds, and until then they are read as they are.
WHAT_IS_THERE = """
INSERT INTO planning_tallychange (area_code, kind, state, number, money)
SELECT area_id, 'need', state, count(*), 0 FROM planning_need GROUP BY area_id, state;
INSERT INTO planning_tallychange (area_code, kind, state, number, money)
SELECT area_id, 'proposal', state, count(*), sum(budget_asked) FROM planning_proposal GROUP BY area_id, state;
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0013_tally")]

    operations = [
        migrations.RunSQL(BEGIN, END),
        migrations.RunSQL(WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
