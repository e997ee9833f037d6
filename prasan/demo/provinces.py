"""What the demonstration tells of its three provinces: bodies that exist everywhere, issues and stories.

People bear the name of their post. The stories are plain examples, not records of any village.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Office:
    """A provincial office, the post that answers for it, and the sectors of its mandate."""

    code: str
    name_th: str
    name_en: str
    post_th: str
    post_en: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A need and how far it has come; `stage` names the last thing that was done."""

    village: int
    stage: str
    sector: str
    households: int
    need: str
    description: str
    project: str = ""
    rationale: str = ""
    objective: str = ""
    budget: Decimal = Decimal(0)
    office: str = ""
    issue: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class DemoProvince:
    """A province, the amphoe where people work, and the tambon whose villages take part."""

    code: str
    amphoe: str
    tambon: str
    neighbour: str
    issues: tuple[tuple[str, str], ...]
    stories: tuple[Story, ...]
    asks_for_files: bool = False


OFFICES = (
    Office(
        "irrigation",
        "โครงการชลประทาน",
        "Irrigation Project",
        "ผู้อำนวยการโครงการชลประทาน",
        "Director of the irrigation project",
        ("water", "drainage"),
    ),
    Office(
        "rural-roads",
        "แขวงทางหลวงชนบท",
        "Rural Roads Office",
        "ผู้อำนวยการแขวงทางหลวงชนบท",
        "Director of the rural roads office",
        ("roads", "safety"),
    ),
    Office(
        "health",
        "สำนักงานสาธารณสุขจังหวัด",
        "Provincial Health Office",
        "นายแพทย์สาธารณสุขจังหวัด",
        "Provincial chief medical officer",
        ("health", "drinking_water"),
    ),
    Office(
        "agriculture",
        "สำนักงานเกษตรและสหกรณ์จังหวัด",
        "Provincial Agriculture and Co-operatives Office",
        "เกษตรและสหกรณ์จังหวัด",
        "Chief of provincial agriculture and co-operatives",
        ("agriculture", "trade"),
    ),
    Office(
        "welfare",
        "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด",
        "Provincial Social Development Office",
        "พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด",
        "Chief of provincial social development",
        ("welfare", "education"),
    ),
    Office(
        "environment",
        "สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด",
        "Provincial Natural Resources and Environment Office",
        "ผู้อำนวยการสำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด",
        "Director of the provincial natural resources office",
        ("environment", "water"),
    ),
    Office(
        "power",
        "การไฟฟ้าส่วนภูมิภาคจังหวัด",
        "Provincial Electricity Authority Office",
        "ผู้จัดการการไฟฟ้าส่วนภูมิภาคจังหวัด",
        "Manager of the provincial electricity office",
        ("power",),
    ),
)

_WATER = ("บริหารจัดการน้ำเพื่อการเกษตรและการดำรงชีพ", "Water for farming and for living")
_LIVING = ("ยกระดับคุณภาพชีวิตและความปลอดภัยของประชาชน", "Better and safer lives")
_ECONOMY = ("เพิ่มมูลค่าการเกษตร การค้า และการท่องเที่ยว", "More value from farming, trade and tourism")

_CANAL = Story(
    1,
    "included",
    "water",
    84,
    "คลองส่งน้ำตื้นเขิน น้ำไม่ถึงนาปลายคลอง",
    "ฤดูแล้งน้ำจากคลองส่งไม่ถึงนา 600 ไร่ปลายคลอง ต้องสูบน้ำต่อกันหลายทอด",
    "ขุดลอกคลองส่งน้ำและวางท่อลอดถนน",
    "คลองตื้นเขินมานาน น้ำไม่ถึงปลายคลองในฤดูแล้ง ทำให้ข้าวเสียหายทุกปี",
    "ให้นาปลายคลองได้รับน้ำตลอดฤดูแล้ง",
    Decimal("1850000"),
    "irrigation",
    1,
)
_ROAD = Story(
    2,
    "accepted",
    "roads",
    120,
    "ถนนไปโรงเรียนเป็นหลุม น้ำขังเวลาฝนตก",
    "เด็กนักเรียนและรถรับส่งผู้ป่วยผ่านทางนี้ทุกวัน ฤดูฝนรถเล็กผ่านไม่ได้",
    "ปรับปรุงถนนดินลูกรังเป็นถนนคอนกรีตเสริมเหล็ก",
    "ถนนชำรุดเป็นอุปสรรคต่อการเดินทางไปโรงเรียนและโรงพยาบาล",
    "ให้ประชาชนเดินทางได้ปลอดภัยตลอดปี",
    Decimal("3420000"),
    "rural-roads",
    2,
)
_TANK = Story(
    3,
    "received",
    "drinking_water",
    67,
    "น้ำประปาหมู่บ้านขุ่นและไหลไม่พอ",
    "น้ำขุ่นทุกเช้า ช่วงเมษายนไม่ไหลสามถึงสี่วันต่อสัปดาห์",
    "ปรับปรุงระบบกรองน้ำประปาหมู่บ้าน",
    "ระบบกรองเดิมชำรุด น้ำไม่ผ่านเกณฑ์น้ำบริโภค",
    "ให้ทุกครัวเรือนมีน้ำสะอาดใช้ตลอดปี",
    Decimal("960000"),
    "health",
    2,
)
_MARKET = Story(
    4,
    "passed",
    "trade",
    45,
    "กลุ่มทอผ้าไม่มีที่ขายและที่แสดงสินค้า",
    "สมาชิกขายผ้าผ่านคนกลาง ได้ราคาต่ำกว่าราคาหน้าร้านครึ่งหนึ่ง",
    "ศูนย์เรียนรู้และจำหน่ายผ้าทอพื้นบ้าน",
    "ชุมชนมีฝีมือแต่ขาดที่จำหน่ายและการตลาด",
    "ให้กลุ่มทอผ้ามีรายได้เพิ่มขึ้นร้อยละ 20",
    Decimal("780000"),
    "agriculture",
    3,
)
_LIGHT = Story(
    5,
    "handed_over",
    "power",
    38,
    "ทางเข้าหมู่บ้านมืด เกิดอุบัติเหตุบ่อย",
    "ทางเข้าหมู่บ้านยาวประมาณ 1.2 กิโลเมตร ไม่มีไฟส่องสว่าง",
    "ติดตั้งไฟส่องสว่างพลังงานแสงอาทิตย์",
    "เกิดอุบัติเหตุกลางคืนปีละหลายครั้ง",
    "ลดอุบัติเหตุบนทางเข้าหมู่บ้าน",
    Decimal("240000"),
)
_DRAIN = Story(
    6,
    "review",
    "drainage",
    52,
    "น้ำท่วมขังกลางหมู่บ้านทุกครั้งที่ฝนตกหนัก",
    "น้ำท่วมขังครั้งละสองถึงสามวัน บ้านผู้สูงอายุสามหลังเข้าออกไม่ได้",
    "ก่อสร้างรางระบายน้ำคอนกรีตรูปตัวยู",
    "ไม่มีรางระบายน้ำ น้ำจึงขังกลางหมู่บ้าน",
    "ให้น้ำระบายหมดภายในสามชั่วโมง",
    Decimal("1150000"),
)
_BRIDGE = Story(
    7,
    "submitted",
    "roads",
    93,
    "สะพานไม้ข้ามห้วยผุ รถข้ามไม่ได้",
    "สะพานไม้ใช้มานานกว่ายี่สิบปี ต้องอ้อม 8 กิโลเมตร",
    "ก่อสร้างสะพานคอนกรีตข้ามห้วย",
    "สะพานเดิมผุพัง เป็นอันตรายต่อผู้ใช้ทาง",
    "ให้ข้ามห้วยได้ปลอดภัยทุกฤดู",
    Decimal("4600000"),
)
_ELDERS = Story(
    1,
    "entered",
    "welfare",
    29,
    "ผู้สูงอายุไม่มีที่ทำกิจกรรมและไม่มีรถไปหาหมอ",
    "ผู้สูงอายุ 61 คน อยู่ตามลำพังในเวลากลางวัน",
)
_RESERVE = Story(
    2,
    "reserve",
    "agriculture",
    75,
    "ข้าวเปียกฝนเพราะไม่มีลานตาก",
    "ต้องตากข้าวบนถนน รถผ่านอันตราย",
    "ก่อสร้างลานตากข้าวชุมชน",
    "ไม่มีลานตาก ข้าวชื้นขายได้ราคาต่ำ",
    "ให้เกษตรกรขายข้าวแห้งได้ราคาเต็ม",
    Decimal("690000"),
    "agriculture",
    3,
    "เห็นควรให้สำรองไว้จนกว่าจะทราบผลการสำรวจที่ดิน",
)
_RETURNED = Story(
    3,
    "returned",
    "environment",
    40,
    "ขยะตกค้างข้างถนนท้ายหมู่บ้าน",
    "ที่ทิ้งขยะเดิมเต็มมาสามเดือน",
    "จัดระบบคัดแยกและกำจัดขยะหมู่บ้าน",
    "ขยะตกค้างส่งกลิ่นและไหลลงห้วย",
    "ลดขยะที่ต้องฝังกลบลงครึ่งหนึ่ง",
    Decimal("320000"),
    why="กรุณาระบุที่ตั้งของลานคัดแยกและแนบหนังสือยินยอมให้ใช้ที่ดิน",
)
_DRAFT = Story(4, "drafted", "health", 51, "ไม่มีเครื่องกระตุกหัวใจในหมู่บ้าน", "โรงพยาบาลอยู่ห่าง 24 กิโลเมตร")

PROVINCES = (
    DemoProvince(
        "32",
        "3203",
        "320305",
        "320301",
        (_WATER, _LIVING, _ECONOMY),
        (_CANAL, _ROAD, _TANK, _MARKET, _LIGHT, _DRAIN, _BRIDGE, _ELDERS, _RESERVE, _RETURNED, _DRAFT),
    ),
    DemoProvince(
        "45",
        "4510",
        "451007",
        "451006",
        (_WATER, _LIVING, _ECONOMY),
        (_CANAL, _ROAD, _TANK, _DRAIN, _ELDERS, _RETURNED),
    ),
    DemoProvince(
        "40",
        "4007",
        "400701",
        "400712",
        (_WATER, _LIVING, _ECONOMY),
        (_CANAL, _ROAD, _MARKET, _LIGHT, _BRIDGE, _ELDERS),
        asks_for_files=True,
    ),
)
