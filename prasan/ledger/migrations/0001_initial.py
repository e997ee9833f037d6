"""Tables of the ledger, and what makes them append-only whoever writes to them."""

from django.db import migrations, models

REFUSE_CHANGE = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is never changed: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_batch_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_batch
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""

ALLOW_CHANGE = """
DROP TRIGGER ledger_batch_is_kept ON ledger_batch;
DROP TRIGGER ledger_entry_is_kept ON ledger_entry;
DROP FUNCTION ledger_refuse_change();
"""

NOTE_UNSEALED = """
CREATE FUNCTION ledger_note_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_unsealed (entry_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_waits_for_its_seal AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_note_unsealed();
"""

FORGET_UNSEALED = """
DROP TRIGGER ledger_entry_waits_for_its_seal ON ledger_entry;
DROP FUNCTION ledger_note_unsealed();
"""

# Hashes do not shrink: spare the database the attempt.
STORE_PLAIN = (
    "ALTER TABLE ledger_batch ALTER leaves SET STORAGE EXTERNAL, ALTER entry_ids SET STORAGE EXTERNAL;"
)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("entry_ids", models.BinaryField()),
                ("leaves", models.BinaryField()),
                ("root", models.BinaryField()),
                ("previous_root", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=80)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=40)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("posting_id", models.BigIntegerField(null=True)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("note_digest", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id", "id"], name="ledger_entry_subject"),
                    models.Index(fields=["actor_id", "id"], name="ledger_entry_actor"),
                ],
            },
        ),
        migrations.RunSQL(REFUSE_CHANGE, ALLOW_CHANGE),
        migrations.RunSQL(NOTE_UNSEALED, FORGET_UNSEALED),
        migrations.RunSQL(STORE_PLAIN, migrations.RunSQL.noop),
    ]
