"""The criteria of indicator 4.1 as its explanation for fiscal year 2561 gives them; it gives no weights."""

from django.db import migrations

REMARK_TH = "สรุปคำอธิบายการจัดทำตัวชี้วัดที่ 4.1 การพัฒนานวัตกรรม ปีงบประมาณ พ.ศ. 2561 ต้นทางไม่ได้บอกน้ำหนัก จึงให้เท่ากัน"
REMARK_EN = "Explanation of indicator 4.1, fiscal year 2561. It gives no weights; they are equal."
CRITERIA = [
    ("new", "gate", "เป็นนวัตกรรมที่จังหวัดยังไม่เคยเสนอมาก่อน", "The province never proposed it before"),
    (
        "finished",
        "gate",
        "ดำเนินการได้แล้วเสร็จในรอบการประเมิน (1 ตุลาคม - 30 กันยายน)",
        "It was finished inside the fiscal year (1 October – 30 September)",
    ),
    ("rationale", "part", "หลักการ เหตุผล ความจำเป็น", "Principle, reason and need"),
    ("objective", "part", "วัตถุประสงค์", "Objective"),
    ("work_done", "part", "การดำเนินการ", "What was done"),
    ("expected_result", "part", "ผลลัพธ์ที่คาดหวัง", "Expected result"),
    ("actual_result", "part", "ผลลัพธ์ที่เกิดขึ้นจริงอย่างเป็นรูปธรรม", "Actual, tangible result"),
    (
        "aspect",
        "quality",
        "แสดงถึงการพัฒนานวัตกรรมอย่างน้อยหนึ่งด้าน",
        "It renews at least one aspect of work",
    ),
    (
        "problem_fit",
        "quality",
        "ประเด็นปัญหาและความต้องการปรับปรุงสอดรับกับความต้องการของกลุ่มเป้าหมาย",
        "Problem and remedy fit the need of the people concerned",
    ),
    ("difference", "quality", "แตกต่างจากกิจกรรมหรืองานปกติอย่างชัดเจน", "It differs clearly from routine work"),
    ("benefit", "quality", "มีผลลัพธ์ที่แสดงถึงประโยชน์ได้อย่างชัดเจน", "Its results show a clear benefit"),
    ("references", "quality", "มีข้อมูลอ้างอิงที่ชัดเจน", "It gives clear references"),
]


def write(apps, schema_editor):
    criteria = apps.get_model("innovations", "CriteriaSet").objects.create(
        fiscal_year_from=2561, remark_th=REMARK_TH, remark_en=REMARK_EN
    )
    row = apps.get_model("innovations", "Criterion")
    row.objects.bulk_create(
        row(
            criteria=criteria,
            code=code,
            group=group,
            position=position,
            name_th=name_th,
            name_en=name_en,
            weight=0 if group == "gate" else 10,
        )
        for position, (code, group, name_th, name_en) in enumerate(CRITERIA, start=1)
    )


def remove(apps, schema_editor):
    apps.get_model("innovations", "CriteriaSet").objects.filter(fiscal_year_from=2561).delete()


class Migration(migrations.Migration):
    dependencies = [("innovations", "0001_tables")]

    operations = [migrations.RunPython(write, remove)]
