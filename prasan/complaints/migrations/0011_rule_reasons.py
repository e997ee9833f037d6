from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0010_readings")]

    operations = [
        migrations.AddField(
            model_name="routingrule",
            name="is_local",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="routingrule",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="reason"),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_local", False), ("agency", None), _connector="OR"),
                name="complaints_rule_names_one",
            ),
        ),
    ]
