"""Of a file that stands twice on a need or a proposal the released one stays, or else the first."""

from django.db import migrations, models
from django.db.models import F


def drop_doubles(apps, schema_editor):
    seen = set()
    rows = apps.get_model("planning", "Attachment").objects.order_by(
        F("released_at").asc(nulls_last=True), "pk"
    )
    for attachment in rows:
        same = (attachment.need_id, attachment.proposal_id, attachment.file_id, attachment.kind)
        if same in seen:
            attachment.delete()
        seen.add(same)


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0006_scoring"),
    ]

    operations = [
        migrations.RunPython(drop_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("need", "proposal", "file", "kind"),
                name="planning_attachment_once",
                nulls_distinct=False,
            ),
        ),
    ]
