"""Needs and proposals in every stage, moved there by the people who would do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from prasan.accounts.models import User
from prasan.agencies.actions import convene_meeting, record_attendance, record_resolution
from prasan.agencies.models import Agency, Committee, Membership, Resolution
from prasan.cases.actions import move
from prasan.demo.people import Staff
from prasan.demo.pictures import landscape
from prasan.demo.projects import bring_files, words_of
from prasan.demo.provinces import DemoProvince, Story
from prasan.demo.turns import (
    DOUBLE,
    OF_THE_AGENCY,
    TWINS,
    assess,
    confirm,
    look_again,
    merge_twins,
    propose_own,
    split_double,
)
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import Area, Level
from prasan.planning.actions.attachment import attach
from prasan.planning.actions.call import TermsWords, open_planning_call
from prasan.planning.actions.decisions import set_ceiling
from prasan.planning.actions.need import NeedWords, draft_need, enter_need
from prasan.planning.actions.plan import (
    adopt_version,
    declare_issue,
    draft_next_version,
    endorse_version,
    include_in_plan,
    open_plan,
)
from prasan.planning.actions.proposal import (
    classify_proposal,
    propose_from_needs,
    submit_proposal,
)
from prasan.planning.actions.routing import accept_routing, forward_proposal, hand_over_proposal
from prasan.planning.actions.scoring import USUAL_CRITERIA, CriterionWords, open_sheet, prepare_sheet
from prasan.planning.models import Need, Plan, PlanVersion, ProjectKind, Proposal, Sector, StrategicIssue

STAGES = (
    "drafted",
    "entered",
    "submitted",
    "review",
    "classified",
    "passed",
    "forwarded",
    "received",
    "accepted",
)
"""What is done to every story in turn, up to its own stage."""

_LAST = {
    "returned": "review",
    "handed_over": "classified",
    "reserve": "accepted",
    "included": "accepted",
}
"""The common stage after which a story goes its own way."""


class Telling:
    """The stories of one province, told through the acts of its people."""

    def __init__(self, plan: DemoProvince, staff: Staff) -> None:
        self.plan = plan
        self.staff = staff
        self.year = FiscalYear.of(today()).be + 1
        self.governor = staff.person(f"governor-{plan.code}")
        self.head = staff.person(f"head-{plan.code}")
        self.tambon = staff.person(f"tambon-{plan.tambon}")
        self.amphoe = staff.person(f"amphoe-{plan.amphoe}")
        self.villages = list(
            Area.objects.filter(parent=plan.tambon, level=Level.VILLAGE, is_abolished=False).order_by("moo")
        )

    def tell(self) -> None:
        """Open the call and the plans, then bring each story as far as it goes."""
        self.issues = self._declare_issues()
        self.five_year = open_plan(
            Plan.Kind.FIVE_YEAR,
            self.staff.province,
            first_year=self.year,
            last_year=self.year + 4,
            by=self.head,
        )
        self.version = open_plan(
            Plan.Kind.YEARLY, self.staff.province, first_year=self.year, last_year=self.year, by=self.head
        )
        self._open_call()
        resolution = self._resolve(self.plan.tambon, self.tambon, "เห็นชอบผลการจำแนกโครงการตามที่เสนอ")
        for number, story in enumerate(self.plan.stories, start=1):
            self._tell_one(number, story, resolution)
        self._compose(len(self.plan.stories))
        self._adopt_plan()
        self._open_scoring()

    def _compose(self, told: int) -> None:
        """What two villages ask for alike is merged, what is two projects is split, an agency proposes."""
        first, second, double, own = (
            self._enter(told + number, story)
            for number, story in enumerate((*TWINS, DOUBLE, OF_THE_AGENCY), 1)
        )
        merge_twins(
            [
                self._submit(story, need, self._head_of(need))
                for story, need in zip(TWINS, (first, second), strict=True)
            ],
            by=self.tambon,
        )
        split_double(self._submit(DOUBLE, double, self._head_of(double)), by=self.tambon)
        office = OF_THE_AGENCY.office
        officer = self._officer(OF_THE_AGENCY)
        propose_own(self.staff.agencies[office], own, OF_THE_AGENCY, self.year, by=officer)

    def _enter(self, number: int, story: Story) -> Need:
        village = self.villages[(story.village - 1) % len(self.villages)]
        head = self.staff.person(f"headman-{village.code}")
        return enter_need(self._draft(number, story, village, head), by=head)

    def _head_of(self, need: Need) -> User:
        return self.staff.person(f"headman-{need.area_id}")

    def _open_call(self) -> None:
        day = today()
        open_planning_call(
            self.staff.province,
            f"รอบเสนอโครงการเพื่อจัดทำแผนปฏิบัติราชการ พ.ศ. {self.year}",
            TermsWords(
                note="ขอเชิญหมู่บ้าน ตำบล และส่วนราชการเสนอความต้องการและโครงการที่แก้ความเดือดร้อนของประชาชน "
                "หากปีนี้ไม่มีเรื่องที่จะเสนอ กรุณาแจ้งว่าไม่มี",
                ceiling=Decimal("250000000"),
                plan=self.version.plan,
                issues=self.issues,
                kinds=self._kinds_asked(),
            ),
            fiscal_year=self.year,
            opens=day - timedelta(days=7),
            closes=day + timedelta(days=21),
            by=self.head,
        )

    def _kinds_asked(self) -> dict[ProjectKind, tuple[str, ...]]:
        """One province of the three asks for files: elsewhere a first try needs none."""
        if not self.plan.asks_for_files:
            return {}
        wanted = {
            "building": ("drawing", "land_permission", "cost_estimate"),
            "equipment": ("cost_estimate",),
        }
        return {kind: wanted.get(kind.code, ()) for kind in ProjectKind.objects.all()}

    def _declare_issues(self) -> list[StrategicIssue]:
        return [
            declare_issue(
                self.staff.province,
                first_year=self.year,
                last_year=self.year + 4,
                number=number,
                name_th=name_th,
                name_en=name_en,
                by=self.head,
            )
            for number, (name_th, name_en) in enumerate(self.plan.issues, start=1)
        ]

    def _resolve(self, area: str, secretary: User, words: str) -> Resolution:
        committee = self.staff.committees[area]
        meeting = convene_meeting(
            committee, held_on=today() - timedelta(days=1), venue=_venue(committee), by=secretary
        )
        record_attendance(meeting, Membership.objects.filter(committee=committee), by=secretary)
        return record_resolution(meeting, words, by=secretary)

    def _tell_one(self, number: int, story: Story, resolution: Resolution) -> None:
        village = self.villages[(story.village - 1) % len(self.villages)]
        head = self.staff.person(f"headman-{village.code}")
        goal = STAGES.index(_LAST.get(story.stage, story.stage))
        need = self._draft(number, story, village, head)
        if goal < STAGES.index("entered"):
            return
        enter_need(need, by=head)
        if goal < STAGES.index("submitted"):
            return
        proposal = self._submit(story, need, head)
        acts: dict[str, Callable[[], object]] = {
            "review": lambda: move(proposal, "review", by=self.tambon),
            "classified": lambda: self._classify(story, proposal, resolution),
            "passed": lambda: move(proposal, "pass_on", by=self.tambon),
            "forwarded": lambda: forward_proposal(
                proposal,
                lead=self.staff.agencies[story.office],
                co_agencies=self._helpers(story),
                by=self.amphoe,
            ),
            "received": lambda: self._receive(story, proposal),
            "accepted": lambda: accept_routing(proposal.routings.get(), by=self._officer(story)),
        }
        for stage, act in acts.items():
            if STAGES.index(stage) <= goal:
                act()
        self._end(story, proposal)

    def _draft(self, number: int, story: Story, village: Area, head: User) -> Need:
        words = NeedWords(
            title=story.need,
            sector=Sector.objects.get(code=story.sector),
            description=story.description,
            households=story.households,
        )
        need = draft_need(village, words, by=head)
        attach(need, landscape(int(self.plan.code) * 100 + number), name="ภาพสาธิต.jpg", by=head)
        return need

    def _submit(self, story: Story, need: Need, head: User) -> Proposal:
        proposal = propose_from_needs([need], words_of(story, need, self.year), by=head)
        bring_files(proposal, int(self.plan.code), by=head)
        return submit_proposal(proposal, by=head)

    def _classify(self, story: Story, proposal: Proposal, resolution: Resolution) -> None:
        is_own = story.stage == "handed_over"
        classify_proposal(
            proposal,
            doer=Proposal.Doer.SELF if is_own else Proposal.Doer.REFER,
            level="" if is_own else "provincial",
            issue=self.issues[story.issue - 1] if story.issue else None,
            resolution=resolution,
            by=self.tambon,
        )

    def _helpers(self, story: Story) -> list[Agency]:
        """An agency that helps, where the story waits for an answer: so that an inbox shows that too."""
        return [self.staff.agencies["irrigation"]] if story.stage == "received" else []

    def _receive(self, story: Story, proposal: Proposal) -> None:
        """Receive the proposal for the agency that leads, and write what it thinks."""
        officer = self._officer(story)
        assess(move(proposal.routings.get(is_lead=True), "receive", by=officer), by=officer)

    def _officer(self, story: Story) -> User:
        return self.staff.person(f"{story.office}-{self.plan.code}")

    def _end(self, story: Story, proposal: Proposal) -> None:
        match story.stage:
            case "returned":
                move(proposal, "return_to_author", by=self.tambon, note=story.why)
            case "handed_over":
                local = self.staff.agencies[f"local-{self.plan.tambon}"]
                hand_over_proposal(proposal, agency=local, by=self.tambon)
            case "reserve":
                move(proposal, "reserve", by=self.governor, note=story.why)
            case "passed":
                look_again(proposal, story, by=self._head_of(proposal.needs.get()))
            case "received":
                confirm(proposal, by=self._head_of(proposal.needs.get()))
            case "included":
                include_in_plan(proposal, self.version, by=self.governor)

    def _adopt_plan(self) -> None:
        """Bring the yearly plan into force, and begin the next draft so that the governor has one to fill."""
        resolution = self._resolve(self.plan.code, self.head, f"เห็นชอบแผนปฏิบัติราชการประจำปี พ.ศ. {self.year}")
        endorse_version(self.version, resolution=resolution, by=self.head)
        adopt_version(PlanVersion.objects.get(pk=self.version.pk), by=self.governor)
        draft_next_version(self.version.plan, by=self.head)

    def _open_scoring(self) -> None:
        """A scoring sheet on which the accepted proposals wait for the analyst's marks, and a ceiling."""
        criteria = [CriterionWords(th, Decimal(weight), name_en=en) for th, en, weight in USUAL_CRITERIA]
        analyst = self.staff.person(f"analyst-{self.plan.code}")
        title = f"แบบให้คะแนนโครงการ ปีงบประมาณ พ.ศ. {self.year}"
        sheet = prepare_sheet(self.staff.province, self.year, title, criteria, by=analyst)
        open_sheet(sheet, by=analyst)
        set_ceiling(self.five_year.plan, Decimal(250_000_000), by=self.head)


def _venue(committee: Committee) -> str:
    return f"ห้องประชุม{committee.agency.name_th}"
