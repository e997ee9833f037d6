"""The first rows of the open lists of sectors and of kinds of project."""

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
KINDS = (
    ("building", "ก่อสร้างหรือปรับปรุงสิ่งก่อสร้าง", "Building or repair"),
    ("equipment", "จัดซื้อครุภัณฑ์", "Equipment"),
    ("training", "ฝึกอบรมและจัดกิจกรรม", "Training and activities"),
    ("support", "ส่งเสริมและสนับสนุนอาชีพหรือกลุ่ม", "Support of occupations or groups"),
    ("study", "ศึกษา สำรวจ หรือออกแบบ", "Study, survey or design"),
    ("other", "อื่น ๆ", "Other"),
)


def add(apps, schema_editor):
    for model, rows in (("Sector", SECTORS), ("ProjectKind", KINDS)):
        table = apps.get_model("planning", model).objects
        for code, name_th, name_en in rows:
            table.create(code=code, name_th=name_th, name_en=name_en)


class Migration(migrations.Migration):
    replaces = [("planning", "0019_plan_book")]

    dependencies = [("planning", "0001_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
