"""Needs, proposals on any stage of their way, and plans, with the people who bring them there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.db import connection
from django.utils import timezone

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Call, Committee, Meeting, Resolution
from prasan.cases.actions import begin, move
from prasan.kernel.calendar import today
from prasan.places.models import Area, ProvinceCluster
from prasan.planning import actions
from prasan.planning.models import (
    Attachment,
    CallException,
    ClusterRun,
    Criterion,
    ImportBatch,
    Mark,
    Need,
    Plan,
    PlanBook,
    PlanItem,
    PlanVersion,
    Proposal,
    ProposalList,
    Review,
    Routing,
    ScoreSheet,
    Sector,
    StrategicIssue,
)
from tests.factories.agencies import make_agency, make_area, make_committee, make_holder
from tests.factories.documents import make_file

_numbers = count(1)

VILLAGE = "32070401"
TAMBON, AMPHOE, PROVINCE = VILLAGE[:6], VILLAGE[:4], VILLAGE[:2]
YEAR = 2571


@contextmanager
def past_rewritten() -> Iterator[None]:
    """Let a test set what the database otherwise keeps as it was written, such as the day of a version."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("RESET session_replication_role")


def make_sector(code: str = "water") -> Sector:
    """A sector of the open list."""
    return Sector.objects.get_or_create(code=code, defaults={"name_th": "แหล่งน้ำ", "name_en": "Water"})[0]


def need_words(**fields: object) -> actions.NeedWords:
    """Words of a need that can be entered as they stand."""
    number = next(_numbers)
    return actions.NeedWords(
        **{"title": f"ขุดลอกหนองน้ำแห่งที่ {number}", "sector": make_sector(), "households": 40, **fields}
    )


def proposal_words(**fields: object) -> actions.ProposalWords:
    """Words of a proposal that can be submitted as they stand."""
    number = next(_numbers)
    return actions.ProposalWords(
        **{
            "name": f"โครงการขุดลอกหนองน้ำ {number}",
            "sector": make_sector(),
            "fiscal_year": YEAR,
            "rationale": "น้ำไม่พอใช้ในฤดูแล้ง",
            "objective": "ให้มีน้ำใช้ตลอดปี",
            "households": 40,
            "budget_asked": Decimal("1250000.00"),
            "activities": (
                actions.ActivityWords("ขุดลอก", {YEAR: Decimal("1000000.00")}),
                actions.ActivityWords("ติดตั้งเครื่องสูบน้ำ", {YEAR: Decimal("250000.00")}),
            )
            if "budget_asked" not in fields and "fiscal_year" not in fields
            else (),
            **fields,
        }
    )


def assessment_words(**fields: object) -> actions.AssessmentWords:
    """What an agency finds that would take a proposal on."""
    return actions.AssessmentWords(
        **{
            "power": "yes",
            "mandate": "พระราชบัญญัติการชลประทานหลวง",
            "feasibility": "usual",
            "design": "there",
            "land": "there",
            "permits": "not_needed",
            "recommendation": "accept",
            "estimate": Decimal("1250000.00"),
            **fields,
        }
    )


def make_resolution(area: Area | str, kind: str = "tambon") -> Resolution:
    """A resolution of a committee of the area."""
    number = next(_numbers)
    meeting = Meeting.objects.create(
        committee=_committee(area, kind), number=number, year=2569, held_on=date(2026, 10, 5), quorum=2
    )
    return Resolution.objects.create(meeting=meeting, number=1, text="เห็นชอบ")


def _committee(area: Area | str, kind: str) -> Committee:
    place = area if isinstance(area, Area) else make_area(area)
    return Committee.objects.filter(kind=kind, area=place).first() or make_committee(place, kind=kind)


def make_issue(area: str = PROVINCE, **fields: object) -> StrategicIssue:
    """A strategic issue in force in the year of the proposals."""
    return StrategicIssue.objects.create(
        **{
            "area": make_area(area),
            "first_year": 2571,
            "last_year": 2575,
            "number": next(_numbers),
            "name_th": "การบริหารจัดการน้ำ",
            "name_en": "Water management",
            **fields,
        }
    )


def make_call(world: World, **fields: object) -> Call:
    """A call of the province that is open today, for the year of the proposals."""
    told: dict = {"opens": today() - timedelta(days=7), "closes": today() + timedelta(days=7), **fields}
    words = told.pop("words", actions.TermsWords(note="โครงการที่แก้ความเดือดร้อนของหมู่บ้าน"))
    by = world.person("provincial_head")
    return actions.open_planning_call(
        make_area(PROVINCE), "รอบเสนอโครงการ", words, **{"fiscal_year": YEAR, "by": by, **told}
    )


@dataclass
class World:
    """One village with everybody above it, made as they are needed."""

    village: Area = field(default_factory=lambda: make_area(VILLAGE))
    _people: dict[str, User] = field(default_factory=dict)

    def person(self, role: str) -> User:
        """Whoever holds the role over the village; the same person each time."""
        if role not in self._people:
            area = {
                "village_head": VILLAGE,
                "kamnan": TAMBON,
                "tambon_secretary": TAMBON,
                "amphoe_secretary": AMPHOE,
            }.get(role, PROVINCE)
            agency = {"agency_officer": lambda: self.agency, "local_officer": lambda: self.local}.get(role)
            self._people[role] = make_holder(role, area, **({"agency": agency()} if agency else {}))
        return self._people[role]

    def __post_init__(self) -> None:
        self.agency: Agency = make_agency(PROVINCE)
        self.local: Agency = make_agency(TAMBON, level="local")

    @classmethod
    def with_people(cls) -> World:
        """The village with those who bring a proposal to its end already there."""
        world = cls()
        for role in _ON_THE_WAY:
            world.person(role)
        return world

    def need(self, state: str = "entered", **fields: object) -> Need:
        """A need in one of its states."""
        head = self.person("village_head")
        need = actions.draft_need(self.village, need_words(**fields), by=head)
        if state in ("entered", "answered"):
            need = actions.enter_need(need, by=head)
        if state == "withdrawn":
            need = move(need, "withdraw", by=head, note="ซ้ำ")
        if state == "answered":
            self.proposal("submitted", needs=[need])
            need.refresh_from_db()
        if state == "joined":
            twin = self.need()
            need = actions.join_needs(
                move(need, "enter", by=head), twin, by=self.person("tambon_secretary"), note="เรื่องเดียวกัน"
            )
        return need

    def own_project(self, **fields: object) -> Proposal:
        """A draft of the agency's own project."""
        return actions.propose_as_agency(
            self.agency, self.village, proposal_words(**fields), by=self.person("agency_officer")
        )

    def proposal(
        self, state: str = "draft", *, needs: list[Need] | None = None, **fields: object
    ) -> Proposal:
        """A proposal brought to a state by the people whose part it is."""
        if state == "agency_draft":
            return self.own_project(**fields)
        head = self.person("village_head")
        proposal = actions.propose_from_needs(needs or [self.need()], proposal_words(**fields), by=head)
        for step in _WAY[state]:
            proposal = getattr(self, f"_{step}")(proposal)
        proposal.refresh_from_db()
        return proposal

    def version(self, **fields: object) -> PlanVersion:
        """A draft of the province's five-year plan."""
        found = PlanVersion.objects.filter(
            plan__kind="five_year", plan__area_id=PROVINCE, state="draft"
        ).first()
        return found or actions.open_plan(
            Plan.Kind.FIVE_YEAR,
            make_area(PROVINCE),
            first_year=2571,
            last_year=2575,
            by=self.person("provincial_head"),
        )

    def lead(self, proposal: Proposal) -> Routing:
        """The routing of the lead agency that counts."""
        return proposal.routings.filter(is_lead=True).latest("pk")

    def _submit(self, proposal: Proposal) -> Proposal:
        return actions.submit_proposal(proposal, by=self.person("village_head"))

    def _review(self, proposal: Proposal) -> Proposal:
        return move(proposal, "review", by=self.person("tambon_secretary"))

    def _classify(self, proposal: Proposal) -> Proposal:
        return self._classified(proposal, "joint")

    def _classify_self(self, proposal: Proposal) -> Proposal:
        return self._classified(proposal, "self")

    def _classified(self, proposal: Proposal, doer: str) -> Proposal:
        return actions.classify_proposal(
            proposal, doer=doer, resolution=make_resolution(TAMBON), by=self.person("tambon_secretary")
        )

    def _hand_over(self, proposal: Proposal) -> Proposal:
        return actions.hand_over_proposal(proposal, agency=self.local, by=self.person("tambon_secretary"))

    def _pass_on(self, proposal: Proposal) -> Proposal:
        return move(proposal, "pass_on", by=self.person("tambon_secretary"))

    def _forward(self, proposal: Proposal) -> Proposal:
        return actions.forward_proposal(proposal, lead=self.agency, by=self.person("amphoe_secretary"))

    def _receive(self, proposal: Proposal) -> Proposal:
        move(self.lead(proposal), "receive", by=self._answering(proposal))
        return proposal

    def _accept(self, proposal: Proposal) -> Proposal:
        actions.accept_routing(self.lead(proposal), by=self._answering(proposal))
        return proposal

    def _decline(self, proposal: Proposal) -> Proposal:
        actions.decline_routing(self.lead(proposal), by=self._answering(proposal), note="ไม่มีงบประมาณ")
        return proposal

    def _answering(self, proposal: Proposal) -> User:
        return self.person("local_officer" if proposal.state == "handed_over" else "agency_officer")

    def _rank(self, proposal: Proposal) -> Proposal:
        return move(proposal, "rank", by=self.person("provincial_head"))

    def _merge(self, proposal: Proposal) -> Proposal:
        twin = self.proposal("submitted")
        actions.merge_proposals([proposal, twin], name="รวม", by=self.person("tambon_secretary"), note="ซ้ำ")
        return proposal

    def _split(self, proposal: Proposal) -> Proposal:
        parts = [actions.Part("ช่วงแรก", (1,)), actions.Part("ช่วงหลัง", (2,))]
        actions.split_proposal(proposal, parts, by=self.person("tambon_secretary"), note="แยก")
        return proposal

    def _reserve(self, proposal: Proposal) -> Proposal:
        return move(proposal, "reserve", by=self.person("governor"), note="รองบประมาณ")

    def _include(self, proposal: Proposal) -> Proposal:
        return actions.include_in_plan(proposal, self.version(), by=self.person("governor"))

    def _refuse(self, proposal: Proposal) -> Proposal:
        return actions.refuse_proposal(proposal, by=self.person("governor"), note="ซ้ำกับโครงการอื่น")

    def _withdraw(self, proposal: Proposal) -> Proposal:
        return actions.withdraw_proposal(proposal, by=self.person("village_head"), note="ขอทบทวน")


_ON_THE_WAY = (
    *("village_head", "tambon_secretary", "amphoe_secretary", "agency_officer", "local_officer"),
    *("provincial_head", "governor"),
)
_TO_COMMITTEE = ("submit", "review")
_TO_AGENCY = (*_TO_COMMITTEE, "classify", "pass_on", "forward")
_TO_GOVERNOR = (*_TO_AGENCY, "receive", "accept")
_WAY: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "tambon_review": _TO_COMMITTEE,
    "classified": (*_TO_COMMITTEE, "classify"),
    "handed_over": (*_TO_COMMITTEE, "classify_self", "hand_over"),
    "taken_up": (*_TO_COMMITTEE, "classify_self", "hand_over", "receive", "accept"),
    "amphoe_review": (*_TO_COMMITTEE, "classify", "pass_on"),
    "forwarded": _TO_AGENCY,
    "accepted": _TO_GOVERNOR,
    "declined": (*_TO_AGENCY, "receive", "decline"),
    "reserve": (*_TO_GOVERNOR, "reserve"),
    "included": (*_TO_GOVERNOR, "include"),
    "ranked": (*_TO_GOVERNOR, "rank"),
    "refused": (*_TO_GOVERNOR, "refuse"),
    "merged": (*_TO_COMMITTEE, "merge"),
    "split": (*_TO_COMMITTEE, "split"),
    "withdrawn": ("submit", "withdraw"),
}
"""How a proposal comes to each of its states."""


def make_rows_of_every_kind() -> None:
    """A few rows of every table of the room, for tests that compare rights row by row."""
    world = World()
    need = world.need("draft")
    proposal = world.proposal("draft")
    for state in ("tambon_review", "handed_over", "forwarded", "included"):
        world.proposal(state)
    world._receive(world.proposal("forwarded"))
    routing = Routing.objects.get(state="received")
    actions.write_assessment(routing, assessment_words(), by=world.person("agency_officer"))
    PlanBook.objects.create(version=world.version(), content="0" * 64, ordered_at=timezone.now())
    make_issue()
    call = make_call(world)
    CallException.objects.create(call=call, agency=world.agency, until=call.closes, reason="น้ำท่วม")
    actions.report_nothing(call.answers.get(area=world.village), "ไม่มี", by=world.person("village_head"))
    Review.objects.create(proposal=proposal, fiscal_year=YEAR, quarter=1)
    ProposalList.objects.create(area=make_area(PROVINCE), file_name="x.csv", sha256="0" * 64, headers=[])
    sheet = begin(
        ScoreSheet(area=make_area(PROVINCE), fiscal_year=YEAR, title="แบบให้คะแนน"),
        by=world.person("analyst"),
    )
    criterion = Criterion.objects.create(sheet=sheet, number=1, name_th="ความพร้อม", weight=1)
    Mark.objects.create(criterion=criterion, proposal=proposal, scorer=world.person("analyst"), value=1)
    file = make_file()
    Attachment.objects.create(need=need, file=file, name="ภาพ")
    Attachment.objects.create(proposal=proposal, file=file, name="แบบ")
    cluster = ProvinceCluster.objects.create(code="T1", name_th="กลุ่มทดสอบ 1", name_en="Test 1")
    Area.objects.filter(code=PROVINCE).update(cluster=cluster)
    batch = ImportBatch.objects.create(file_name="x", sha256="0" * 64, fiscal_year=2565, lines=1, amount=1)
    run = ClusterRun.objects.create(
        batch=batch, label="กลุ่มจังหวัดกลุ่มทดสอบ", document="x", first_page=1, last_page=2, cluster=cluster
    )
    plan = Plan.objects.create(kind="yearly", cluster=cluster, first_year=2565, last_year=2565)
    version = begin(PlanVersion(plan=plan, number=1, source="bill"), by=None)
    PlanItem.objects.create(
        version=version, title="ถนน", amount=1, placing="whole", batch=batch, run=run, source_line="1"
    )
