"""What the database itself holds: budgets add up, what was told stays, and the tally hears of every change."""

from django.db import migrations

# Deferred to the commit, since a budget and its activities are written one after the other. A proposal or an
# activity that is gone by then has nothing left to add up; its parent was checked by its own row.
HOLD_SUMS = """
CREATE FUNCTION planning_hold_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    asked numeric;
    total numeric;
BEGIN
    IF TG_TABLE_NAME = 'planning_proposal' THEN
        checked := NEW.id;
    ELSIF TG_TABLE_NAME = 'planning_activity' THEN
        checked := OLD.proposal_id;
    ELSE
        SELECT proposal_id INTO checked FROM planning_activity
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.activity_id ELSE NEW.activity_id END;
    END IF;
    SELECT budget_asked INTO asked FROM planning_proposal WHERE id = checked;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(sum(amount), 0) INTO total FROM planning_activitybudget AS budget
    JOIN planning_activity AS activity ON activity.id = budget.activity_id WHERE activity.proposal_id = checked;
    IF total <> asked THEN
        RAISE EXCEPTION 'the activities of proposal % cost %, not %', checked, total, asked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'planning_activities_add_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER planning_activities_add_up AFTER INSERT OR UPDATE OF budget_asked ON planning_proposal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION planning_hold_sum();
CREATE CONSTRAINT TRIGGER planning_activities_add_up AFTER DELETE ON planning_activity
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION planning_hold_sum();
CREATE CONSTRAINT TRIGGER planning_activities_add_up AFTER INSERT OR UPDATE OR DELETE ON planning_activitybudget
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION planning_hold_sum();
"""
LET_SUMS_GO = """
DROP TRIGGER planning_activities_add_up ON planning_activitybudget;
DROP TRIGGER planning_activities_add_up ON planning_activity;
DROP TRIGGER planning_activities_add_up ON planning_proposal;
DROP FUNCTION planning_hold_sum();
"""

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
COUNT_CHANGES = (
    COUNT
    + TRIGGERS.format(table="need", different=DIFFERENT)
    + TRIGGERS.format(table="proposal", different=f"{DIFFERENT} OR OLD.budget_asked <> NEW.budget_asked")
)
STOP_COUNTING = """
DROP TRIGGER planning_count_new ON planning_need;
DROP TRIGGER planning_count_gone ON planning_need;
DROP TRIGGER planning_count_changed ON planning_need;
DROP TRIGGER planning_count_new ON planning_proposal;
DROP TRIGGER planning_count_gone ON planning_proposal;
DROP TRIGGER planning_count_changed ON planning_proposal;
DROP FUNCTION planning_count();
DROP FUNCTION planning_count_need();
DROP FUNCTION planning_count_proposal();
"""


class Migration(migrations.Migration):
    replaces = [("planning", "0019_plan_book")]

    dependencies = [("planning", "0002_first_rows")]

    operations = [
        migrations.RunSQL(HOLD_SUMS, LET_SUMS_GO),
        migrations.RunSQL(KEEP_WHAT_WAS_TOLD, LET_IT_GO),
        migrations.RunSQL(COUNT_CHANGES, STOP_COUNTING),
    ]
