"""The entry and its job in one call, whose plans the database keeps ready."""

from django.db import migrations

CREATE = """
CREATE FUNCTION ledger_record(
    _at timestamptz, _kind varchar, _subject_kind varchar, _subject_id varchar, _actor bigint, _posting bigint,
    _before jsonb, _after jsonb, _note_digest bytea, _task varchar
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    _entry bigint;
BEGIN
    INSERT INTO ledger_entry (
        at, kind, subject_kind, subject_id, actor_id, posting_id, before, after, note_digest
    ) VALUES (
        _at, _kind, _subject_kind, _subject_id, _actor, _posting, _before, _after, _note_digest
    ) RETURNING id INTO _entry;
    PERFORM procrastinate_defer_jobs_v1(ARRAY[
        ROW('ledger', _task, 0, NULL, NULL, jsonb_build_object('entry_id', _entry), NULL)
        ::procrastinate_job_to_defer_v1
    ]);
    RETURN _entry;
END $$;
"""

DROP = """
DROP FUNCTION ledger_record(
    timestamptz, varchar, varchar, varchar, bigint, bigint, jsonb, jsonb, bytea, varchar
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
