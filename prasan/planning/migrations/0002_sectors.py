"""The first rows of the open list of sectors."""

from django.db import migrations

SECTORS = (
    ("water", "แหล่งน้ำและการชลประทาน", "Water and irrigation"),
    ("drinking_water", "น้ำอุปโภคบริโภค", "Water supply for households"),
    ("drainage", "การป้องกันน้ำท่วมและการระบายน้ำ", "Flood protection and drainage"),
    ("roads", "ถนนและการคมนาคม", "Roads and transport"),
    ("power", "ไฟฟ้าและแสงสว่าง", "Electricity and lighting"),
    ("agriculture", "การเกษตร ประมง และปศุสัตว์", "Farming, fisheries and livestock"),
    ("trade", "การค้า การลงทุน และอาชีพ", "Trade, investment and occupations"),
    ("tourism", "การท่องเที่ยวและบริการ", "Tourism and services"),
    ("health", "สาธารณสุข", "Health"),
    ("education", "การศึกษา", "Education"),
    ("welfare", "สวัสดิการและคุณภาพชีวิต", "Welfare and quality of life"),
    ("environment", "ทรัพยากรธรรมชาติและสิ่งแวดล้อม", "Natural resources and environment"),
    ("safety", "ความปลอดภัยและความสงบเรียบร้อย", "Safety and public order"),
    ("culture", "ศาสนา ศิลปะ และวัฒนธรรม", "Religion, art and culture"),
    ("administration", "การบริหารงานภาครัฐ", "Public administration"),
    ("other", "อื่น ๆ", "Other"),
)


def add(apps, schema_editor):
    sector = apps.get_model("planning", "Sector")
    for code, name_th, name_en in SECTORS:
        sector.objects.get_or_create(code=code, defaults={"name_th": name_th, "name_en": name_en})


def remove(apps, schema_editor):
    apps.get_model("planning", "Sector").objects.filter(code__in=[code for code, _, _ in SECTORS]).delete()


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
