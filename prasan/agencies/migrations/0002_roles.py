"""The roles that rights are granted to, with their official names."""

from django.db import migrations

ROLES = [
    ("village_head", "ผู้ใหญ่บ้าน", "Village head"),
    ("kamnan", "กำนัน", "Kamnan (tambon head)"),
    ("tambon_secretary", "เลขานุการคณะกรรมการระดับตำบล", "Tambon committee secretary"),
    ("amphoe_secretary", "เลขานุการคณะกรรมการระดับอำเภอ", "Amphoe committee secretary"),
    ("local_officer", "เจ้าหน้าที่องค์กรปกครองส่วนท้องถิ่น", "Local government officer"),
    ("agency_officer", "เจ้าหน้าที่ส่วนราชการ", "Agency officer"),
    ("analyst", "นักวิเคราะห์นโยบายและแผน", "Policy and plan analyst"),
    ("provincial_head", "หัวหน้าสำนักงานจังหวัด", "Head of the provincial office"),
    ("governor", "ผู้ว่าราชการจังหวัด", "Governor"),
    ("finance_officer", "เจ้าหน้าที่งบประมาณและการเงิน", "Budget and finance officer"),
    ("judge", "กรรมการตัดสิน", "Judge"),
    ("auditor", "ผู้ตรวจสอบ", "Auditor"),
    ("province_admin", "ผู้ดูแลระบบจังหวัด", "Provincial administrator"),
    ("ministry_officer", "เจ้าหน้าที่กระทรวง", "Ministry officer"),
]


def write_roles(apps, schema_editor):
    role = apps.get_model("agencies", "Role")
    role.objects.bulk_create(
        role(code=code, name_th=name_th, name_en=name_en, order=order)
        for order, (code, name_th, name_en) in enumerate(ROLES, start=1)
    )


def remove_roles(apps, schema_editor):
    apps.get_model("agencies", "Role").objects.filter(code__in=[code for code, _th, _en in ROLES]).delete()


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [migrations.RunPython(write_roles, remove_roles)]
