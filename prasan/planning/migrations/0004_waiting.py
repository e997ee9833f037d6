"""Since when a case stands in its state, and what has waited longest in an area."""

import django.utils.timezone
from django.db import migrations, models

HELD = (
    "submitted",
    "tambon_review",
    "classified",
    "handed_over",
    "amphoe_review",
    "forwarded",
    "accepted",
    "ranked",
)

# Every beginning and every step has left the state that it led to in the ledger.
TELL = """
UPDATE planning_{table} AS told SET state_since = coalesce(
    (SELECT max(at) FROM ledger_entry
     WHERE subject_kind = '{kind}' AND subject_id = told.id::text AND after ? 'state'),
    created_at
);
"""
KINDS = {
    "need": "planning.need",
    "proposal": "planning.proposal",
    "routing": "planning.routing",
    "assessment": "planning.assessment",
    "scoresheet": "planning.sheet",
    "planversion": "planning.version",
}


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("planning", "0003_guards"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=table,
                name="state_since",
                field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
            )
            for table in KINDS
        ),
        migrations.RunSQL(
            [TELL.format(table=table, kind=kind) for table, kind in KINDS.items()], migrations.RunSQL.noop
        ),
        *(
            migrations.AddIndex(
                model_name=table,
                index=models.Index(
                    condition=models.Q(("state__in", states)), fields=fields, name=f"planning_{table}_{name}"
                ),
            )
            for table, states in (("need", ("entered",)), ("proposal", HELD))
            for name, fields in (
                ("waiting", ["province", "state", "state_since", "id", "area"]),
                ("all_waiting", ["state", "state_since", "id"]),
            )
        ),
    ]
