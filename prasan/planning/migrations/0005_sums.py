"""Kinds of project; and activities that add up to the budget asked, which the database holds from here on."""

from django.db import migrations

KINDS = (
    ("building", "ก่อสร้างหรือปรับปรุงสิ่งก่อสร้าง", "Building or repair"),
    ("equipment", "จัดซื้อครุภัณฑ์", "Equipment"),
    ("training", "ฝึกอบรมและจัดกิจกรรม", "Training and activities"),
    ("support", "ส่งเสริมและสนับสนุนอาชีพหรือกลุ่ม", "Support of occupations or groups"),
    ("study", "ศึกษา สำรวจ หรือออกแบบ", "Study, survey or design"),
    ("other", "อื่น ๆ", "Other"),
)


def add_kinds(apps, schema_editor):
    kind = apps.get_model("planning", "ProjectKind")
    for code, name_th, name_en in KINDS:
        kind.objects.get_or_create(code=code, defaults={"name_th": name_th, "name_en": name_en})


def remove_kinds(apps, schema_editor):
    apps.get_model("planning", "ProjectKind").objects.filter(code__in=[code for code, *_ in KINDS]).delete()


ONE_ACTIVITY = """
INSERT INTO planning_activity (proposal_id, number, name, responsible, helpers)
SELECT id, 1, name, '', '' FROM planning_proposal WHERE budget_asked > 0;
INSERT INTO planning_activitybudget (activity_id, fiscal_year, amount)
SELECT activity.id, proposal.fiscal_year, proposal.budget_asked
FROM planning_activity AS activity JOIN planning_proposal AS proposal ON proposal.id = activity.proposal_id;
"""

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


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_one_plan")]

    operations = [
        migrations.RunPython(add_kinds, remove_kinds),
        migrations.RunSQL(ONE_ACTIVITY, migrations.RunSQL.noop),
        migrations.RunSQL(HOLD_SUMS, LET_SUMS_GO),
    ]
