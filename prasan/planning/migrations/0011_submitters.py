"""Everyone who ever submitted a proposal, not the last one alone; the ledger knows them all."""

from django.conf import settings
from django.db import migrations, models

SUBMITTING = ", ".join(
    f"'planning.proposal.{step}'" for step in ("submit", "submit_own", "list_submitted", "list_accepted")
)
REMEMBER = f"""
INSERT INTO planning_proposal_submitters (proposal_id, user_id)
SELECT id, submitted_by_id FROM planning_proposal WHERE submitted_by_id IS NOT NULL
UNION
SELECT proposal.id, entry.actor_id
FROM ledger_entry AS entry
JOIN planning_proposal AS proposal ON proposal.id::text = entry.subject_id
JOIN accounts_user AS person ON person.id = entry.actor_id
WHERE entry.subject_kind = 'planning.proposal'
  AND entry.kind IN ({SUBMITTING})
ON CONFLICT DO NOTHING;

WITH RECURSIVE made_of (child_id, parent_id) AS (
    SELECT child_id, parent_id FROM planning_descent
    UNION
    SELECT made_of.child_id, older.parent_id
    FROM made_of JOIN planning_descent AS older ON older.child_id = made_of.parent_id
)
INSERT INTO planning_proposal_submitters (proposal_id, user_id)
SELECT made_of.child_id, brought.user_id FROM made_of JOIN planning_proposal_submitters AS brought
  ON brought.proposal_id = made_of.parent_id
UNION
SELECT made_of.child_id, parent.created_by_id FROM made_of JOIN planning_proposal AS parent
  ON parent.id = made_of.parent_id WHERE parent.created_by_id IS NOT NULL
ON CONFLICT DO NOTHING;

SET CONSTRAINTS ALL IMMEDIATE;
"""  # noqa: S608 - put together from constants of this module
NAME_THE_LAST = f"""
UPDATE planning_proposal AS proposal SET submitted_by_id = last.actor_id
FROM (
    SELECT DISTINCT ON (subject_id) subject_id, actor_id FROM ledger_entry
    WHERE subject_kind = 'planning.proposal' AND actor_id IS NOT NULL
      AND kind IN ({SUBMITTING})
    ORDER BY subject_id, id DESC
) AS last
JOIN planning_proposal_submitters AS known ON known.user_id = last.actor_id
WHERE last.subject_id = proposal.id::text AND known.proposal_id = proposal.id;

SET CONSTRAINTS ALL IMMEDIATE;
"""  # noqa: S608 - put together from constants of this module


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ledger", "0001_initial"),
        ("planning", "0010_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="submitters",
            field=models.ManyToManyField(editable=False, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(REMEMBER, NAME_THE_LAST),
        migrations.RemoveField(model_name="proposal", name="submitted_by"),
    ]
