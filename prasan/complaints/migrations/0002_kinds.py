"""The serial of receipts, the first kinds of complaint, and what was told is kept."""

from django.db import migrations

KINDS = [
    ("road", "ถนนและผิวจราจร", "Roads", "roads", False),
    ("pavement", "ทางเท้า", "Pavements", "roads", False),
    ("lighting", "ไฟส่องสว่างสาธารณะ", "Street lights", "power", False),
    ("flood", "น้ำท่วมขัง ท่อระบายน้ำ", "Flooding and drains", "drainage", False),
    ("water_supply", "น้ำประปา น้ำอุปโภคบริโภค", "Water supply", "drinking_water", False),
    ("electricity", "ไฟฟ้าขัดข้อง สายไฟ", "Electricity and cables", "power", False),
    ("garbage", "ขยะและความสะอาด", "Waste and cleanliness", "environment", False),
    ("wastewater", "น้ำเสีย คลองเน่าเสีย", "Waste water", "environment", False),
    ("smoke", "ฝุ่น ควัน กลิ่น", "Dust, smoke and smells", "environment", False),
    ("noise", "เสียงดังรบกวน", "Noise", "environment", False),
    ("tree", "ต้นไม้ กิ่งไม้ ที่รกร้าง", "Trees and overgrown land", "environment", False),
    ("animal", "สัตว์จรจัด สัตว์รบกวน", "Stray and troublesome animals", "health", False),
    ("obstruction", "สิ่งกีดขวาง รุกล้ำที่สาธารณะ", "Obstructions and encroachment", "safety", False),
    ("traffic", "จราจรและการขนส่ง", "Traffic and transport", "roads", False),
    ("safety", "ความปลอดภัย อาชญากรรม ยาเสพติด", "Safety, crime and drugs", "safety", False),
    ("consumer", "คุ้มครองผู้บริโภค ราคาสินค้า", "Consumer protection and prices", "trade", False),
    ("land", "ที่ดินและสิ่งปลูกสร้าง", "Land and buildings", "administration", False),
    ("welfare", "สวัสดิการและผู้เดือดร้อน", "Welfare and hardship", "welfare", False),
    ("debt", "หนี้สินนอกระบบ", "Loan sharks", "safety", False),
    ("official", "ร้องเรียนเจ้าหน้าที่ของรัฐ ทุจริต", "Against an official; corruption", "", True),
    ("other", "เรื่องอื่น ๆ", "Something else", "", False),
]

KEEP = """
CREATE SEQUENCE complaints_serial;
CREATE FUNCTION complaints_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a complaint is never lost: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER complaints_complaint_is_kept BEFORE DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_keep();
CREATE TRIGGER complaints_words_are_kept BEFORE UPDATE OF words, receipt ON complaints_complaint
    FOR EACH ROW WHEN (OLD.words <> NEW.words OR OLD.receipt <> NEW.receipt) EXECUTE FUNCTION complaints_keep();

-- Deferred to the commit, since a complaint is joined and parted in several statements.
CREATE FUNCTION complaints_hold_repeat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM complaints_complaint WHERE id = NEW.id AND state = 'repeated' AND problem_id IS NULL)
    THEN
        RAISE EXCEPTION 'complaint % repeats nothing', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_repeat_has_a_problem';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER complaints_repeat_has_a_problem AFTER INSERT OR UPDATE OF state, problem_id
    ON complaints_complaint DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'repeated') EXECUTE FUNCTION complaints_hold_repeat();
"""
LET_GO = """
DROP TRIGGER complaints_repeat_has_a_problem ON complaints_complaint;
DROP FUNCTION complaints_hold_repeat();
DROP TRIGGER complaints_words_are_kept ON complaints_complaint;
DROP TRIGGER complaints_complaint_is_kept ON complaints_complaint;
DROP FUNCTION complaints_keep();
DROP SEQUENCE complaints_serial;
"""


def write_kinds(apps, schema_editor):
    kind = apps.get_model("complaints", "Kind")
    kind.objects.bulk_create(
        kind(code=code, name_th=th, name_en=en, sector=sector, is_restricted=restricted, position=position)
        for position, (code, th, en, sector, restricted) in enumerate(KINDS, start=1)
    )


def remove_kinds(apps, schema_editor):
    apps.get_model("complaints", "Kind").objects.filter(code__in=[code for code, *_ in KINDS]).delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_tables")]

    operations = [migrations.RunSQL(KEEP, LET_GO), migrations.RunPython(write_kinds, remove_kinds)]
