"""What was entered before keeps the evidence that judges have seen until now."""

from django.db import migrations


def keep_evidence(apps, schema_editor):
    """Of every entry that was sent once."""
    for entry in apps.get_model("awards", "Entry").objects.filter(submitted_at__isnull=False):
        rows = apps.get_model("innovations", "Evidence").objects.filter(innovation=entry.innovation_id)
        kept = [{"id": each.pk, "title": each.title, "address": each.address} for each in rows.order_by("pk")]
        entry.content = {**entry.content, "evidence": kept}
        entry.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0003_returned_entries"),
        ("innovations", "0008_whole_indexes"),
    ]

    operations = [
        migrations.RunPython(keep_evidence, migrations.RunPython.noop),
    ]
