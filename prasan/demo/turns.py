"""What committees and agencies do in the demonstration besides passing proposals on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.demo.projects import words_of
from prasan.demo.provinces import Story
from prasan.planning.actions.assessment import AssessmentWords, write_assessment
from prasan.planning.actions.composing import Part, merge_proposals, split_proposal
from prasan.planning.actions.own_project import propose_as_agency, submit_own_project
from prasan.planning.actions.review import review_proposal, revise_proposal
from prasan.planning.models import Need, Proposal, Routing

TWINS = (
    Story(
        1,
        "submitted",
        "water",
        46,
        "หนองน้ำสาธารณะตื้นเขิน เก็บน้ำไม่ได้",
        "หนองน้ำใช้ร่วมกันสองหมู่บ้าน แห้งตั้งแต่เดือนกุมภาพันธ์",
        "ขุดลอกหนองน้ำสาธารณะ",
        "หนองน้ำตื้นเขิน ไม่มีน้ำสำรองในฤดูแล้ง",
        "ให้มีน้ำใช้ถึงเดือนพฤษภาคม",
        Decimal("820000"),
    ),
    Story(
        2,
        "submitted",
        "water",
        58,
        "ไม่มีน้ำทำการเกษตรหลังเก็บเกี่ยว",
        "ใช้น้ำจากหนองเดียวกับหมู่บ้านข้างเคียง",
        "ขุดลอกหนองน้ำและทำทางระบายน้ำเข้า",
        "น้ำไม่พอปลูกพืชหลังนา",
        "ให้ปลูกพืชหลังนาได้อย่างน้อย 150 ไร่",
        Decimal("640000"),
    ),
)
"""Two villages that ask for the same water: the tambon committee merges them."""

DOUBLE = Story(
    3,
    "submitted",
    "welfare",
    71,
    "ศาลาประชาคมชำรุด และไม่มีที่ออกกำลังกายของผู้สูงอายุ",
    "หลังคารั่ว ใช้ประชุมหมู่บ้านในฤดูฝนไม่ได้",
    "ซ่อมศาลาประชาคมและจัดกิจกรรมผู้สูงอายุ",
    "ศาลาเป็นที่ประชุมแห่งเดียวของหมู่บ้าน",
    "ให้หมู่บ้านมีที่ประชุมและผู้สูงอายุมีกิจกรรมทุกสัปดาห์",
    Decimal("480000"),
)
"""Two projects in one: the tambon committee splits it."""


OF_THE_AGENCY = Story(
    4,
    "entered",
    "welfare",
    33,
    "ผู้สูงอายุติดบ้านไม่มีคนเยี่ยม",
    "ลูกหลานทำงานต่างจังหวัด ไม่มีใครพาไปรับยา",
    "หน่วยบริการเคลื่อนที่ดูแลผู้สูงอายุ",
    "ผู้สูงอายุที่อยู่ตามลำพังเข้าไม่ถึงบริการ",
    "ให้ผู้สูงอายุที่อยู่ตามลำพังได้รับการเยี่ยมบ้านทุกเดือน",
    Decimal("560000"),
    "welfare",
)
"""A need that an agency takes up in a project of its own, without waiting for a proposal."""


def merge_twins(proposals: Sequence[Proposal], *, by: User) -> Proposal:
    """Put one proposal in the place of both."""
    return merge_proposals(
        proposals,
        name="ขุดลอกหนองน้ำสาธารณะที่ใช้ร่วมกันสองหมู่บ้าน",
        by=by,
        note="เป็นหนองน้ำเดียวกัน จึงรวมเป็นโครงการเดียวโดยคงความต้องการของทั้งสองหมู่บ้านไว้",
    )


def split_double(proposal: Proposal, *, by: User) -> None:
    """Put two proposals in the place of one."""
    parts = [Part("สำรวจและจัดกิจกรรมผู้สูงอายุ", (1,)), Part("ซ่อมศาลาประชาคม", (2,))]
    split_proposal(proposal, parts, by=by, note="เป็นงานสองประเภทที่หน่วยงานต่างกันรับผิดชอบ")


def look_again(proposal: Proposal, story: Story, *, by: User) -> None:
    """Revise a proposal on its way: more households were counted."""
    need = proposal.needs.get()
    words = words_of(story, need, proposal.fiscal_year)
    revise_proposal(proposal, replace(words, households=story.households + 6), by=by)


def confirm(proposal: Proposal, *, by: User) -> None:
    """Say in this quarter that a proposal still holds."""
    review_proposal(proposal, by=by)


def assess(routing: Routing, *, by: User) -> None:
    """Write what the agency thinks: it can be done, for a little more than was asked."""
    asked = routing.proposal.budget_asked
    write_assessment(
        routing,
        AssessmentWords(
            power="yes",
            mandate="ภารกิจตามกฎหมายว่าด้วยการจัดตั้งส่วนราชการ และแผนปฏิบัติราชการของหน่วยงาน",
            feasibility="conditions",
            feasibility_words="ทำได้หากเริ่มก่อนฤดูฝน และหมู่บ้านยืนยันแนวเขตที่ดิน",
            design="there",
            land="there",
            permits="not_needed",
            estimate=(asked * Decimal("1.04")).quantize(Decimal(1)),
            cost_words="ราคาวัสดุตามบัญชีราคากลางของจังหวัดสูงกว่าที่ประมาณไว้เล็กน้อย",
            recommendation="accept",
        ),
        by=by,
        note="อยู่ในอำนาจหน้าที่และทำได้จริง ควรบรรจุในปีแรก",
        internal_note="ให้ฝ่ายวิศวกรรมตรวจแบบอีกครั้งก่อนตั้งงบประมาณ",
    )


def propose_own(agency: Agency, need: Need, story: Story, year: int, *, by: User) -> None:
    """Propose a project of the agency's own that answers a need."""
    words = replace(words_of(story, need, year), operator=agency.name_th)
    draft = propose_as_agency(agency, need.area, words, needs=[need], by=by)
    submit_own_project(draft, by=by)
