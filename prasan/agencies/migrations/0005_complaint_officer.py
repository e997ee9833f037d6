"""The role of those who take complaints in and send them on."""

from django.db import migrations

CODE, NAME_TH, NAME_EN = "complaint_officer", "เจ้าหน้าที่ศูนย์ดำรงธรรม", "Damrongdhama centre officer"


def write_role(apps, schema_editor):
    role = apps.get_model("agencies", "Role")
    role.objects.create(code=CODE, name_th=NAME_TH, name_en=NAME_EN, order=15)


def remove_role(apps, schema_editor):
    apps.get_model("agencies", "Role").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_form_key")]

    operations = [migrations.RunPython(write_role, remove_role)]
