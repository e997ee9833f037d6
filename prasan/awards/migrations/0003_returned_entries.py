"""Entries that were returned get a state of their own, and the day by which they are to be mended."""

from django.db import migrations, models

KIND = "awards.entry"


def tell_returned(apps, schema_editor):
    """Drafts whose last step was that they were returned; the ledger tells which these are."""
    entry, happened = apps.get_model("awards", "Entry"), apps.get_model("ledger", "Entry")
    for draft in entry.objects.filter(state="draft", submitted_at__isnull=False):
        steps = happened.objects.filter(subject_kind=KIND, subject_id=str(draft.pk), after__has_key="state")
        if steps.order_by("id").values_list("kind", flat=True).last() == f"{KIND}.return":
            entry.objects.filter(pk=draft.pk).update(state="returned")


def tell_no_more(apps, schema_editor):
    """As before: what is returned is a draft, and what was left out was never entered again."""
    entry = apps.get_model("awards", "Entry")
    entry.objects.filter(state__in=("returned", "left_out")).update(state="draft")


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0002_certificates_and_extension"),
        ("ledger", "0002_record_in_one_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="mend_by",
            field=models.DateField(editable=False, null=True, verbose_name="to be mended by"),
        ),
        migrations.RunPython(tell_returned, tell_no_more),
    ]
