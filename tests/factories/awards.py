"""Programmes, editions as far as they went, entries, judges and sheets with their scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.awards import actions
from prasan.awards.models import (
    Edition,
    EntitlementRule,
    Entry,
    Judge,
    Panel,
    Presentation,
    Programme,
    ScoreSheet,
)
from prasan.innovations.models import Innovation
from prasan.kernel.calendar import BANGKOK, today
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.innovations import Owner, make_innovation, make_owner

PROVINCES = ("32", "40", "45", "83", "57", "90")


@dataclass
class Contest:
    """A programme, who runs it, who enters, who judges."""

    programme: Programme
    organiser: User
    ministry: User
    edition: Edition
    owners: list[Owner] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    panel: Panel | None = None
    judges: list[Judge] = field(default_factory=list)

    def fresh(self) -> Edition:
        """The edition as it stands now."""
        self.edition.refresh_from_db()
        return self.edition


def words(**other: object) -> actions.EditionWords:
    """An edition of one round with a gate and two criteria, open from yesterday for ten days."""
    told = {
        "year": 2569,
        "opens": today() - timedelta(days=1),
        "closes": today() + timedelta(days=10),
        "categories": [actions.CategoryWords("ทุกประเภท", "All")],
        "rounds": [
            actions.RoundWords(
                "รอบตัดสิน",
                [
                    actions.CriterionWords("new", "เป็นเรื่องใหม่", is_gate=True),
                    actions.CriterionWords("use", "ประโยชน์", Decimal(3), Decimal(10)),
                    actions.CriterionWords("copy", "ขยายผลได้", Decimal(2), Decimal(10)),
                ],
            )
        ],
        "quotas": [actions.QuotaWords("excellent", 1), actions.QuotaWords("distinguished", 2)],
        "tie_rules": ["criterion|use", "smaller_spread|", "draw|"],
        "draw": "835492",
        "judges_wanted": 2,
    }
    return actions.EditionWords(**{**told, **other})


def make_programme(**other: object) -> tuple[Programme, User, User]:
    """A programme with an officer of its organiser and one of the ministry."""
    country = make_area()
    agency = make_agency(country, level="central")
    ministry = make_holder("ministry_officer", country)
    number = Programme.objects.count() + 1
    told = {"code": f"award-{number}", "name_th": f"รางวัล {number}", "organiser": agency, **other}
    programme = actions.found_programme(by=ministry, **told)
    return programme, make_holder("agency_officer", country, agency=agency), ministry


def make_edition(state: str = "prepared", **other: object) -> Contest:
    """An edition that is prepared or open."""
    programme, organiser, ministry = make_programme()
    edition = actions.begin_edition(programme, words(**other), by=organiser)
    if state == "open":
        edition = actions.open_edition(edition, by=organiser)
    return Contest(programme, organiser, ministry, edition)


def add_entry(
    contest: Contest, owner: Owner | None = None, *, state: str = "eligible", **told: object
) -> Entry:
    """An entry of another province each time, as far as eligible."""
    if owner is None:
        owner = make_owner(PROVINCES[len(contest.owners) % len(PROVINCES)])
        contest.owners.append(owner)
    innovation: Innovation = make_innovation(owner, "registered", **told)
    entry = actions.begin_entry(
        contest.edition, contest.edition.categories.first(), innovation, by=owner.writer
    )
    if state != "draft":
        entry = actions.submit_entry(entry, by=owner.writer)
    if state == "eligible":
        entry = actions.admit_entry(entry, by=contest.organiser)
    contest.entries.append(entry)
    return entry


def add_judge(contest: Contest, body: Agency | None = None, *, person: User | None = None) -> Judge:
    """A judge of a body of his own, who holds the post of judge there."""
    if contest.panel is None:
        contest.panel = actions.make_panel(contest.edition, "คณะที่ 1", by=contest.organiser)
    body = body or make_agency(make_area(), level="central")
    person = person or make_holder("judge", make_area(), agency=body)
    judge = actions.seat_judge(contest.panel, person, body=body, by=contest.organiser)
    contest.judges.append(judge)
    return judge


def close_window(contest: Contest) -> None:
    """Let the window be over."""
    yesterday = today() - timedelta(days=1)
    Edition.objects.filter(pk=contest.edition.pk).update(opens=yesterday, closes=yesterday)


def make_judging(entries: int = 4, judges: int = 3, **other: object) -> Contest:
    """An edition in its first round, with entries assigned to judges."""
    contest = make_edition("open", **other)
    for _number in range(entries):
        add_entry(contest)
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    for _number in range(judges):
        add_judge(contest)
    actions.begin_judging(contest.edition, by=contest.organiser)
    actions.assign_judges(contest.edition, by=contest.organiser)
    contest.fresh()
    return contest


def marks_of(sheet: ScoreSheet, use: object, copy: object, *, new: int = 1) -> dict[str, Decimal]:
    """Marks on the criteria of `words`."""
    return {"new": Decimal(new), "use": Decimal(str(use)), "copy": Decimal(str(copy))}


def score_all(contest: Contest, points: list[tuple[object, object]] | None = None) -> None:
    """Hand in every open sheet: entries get these marks in their order, falling by one unless given."""
    order = {entry.pk: number for number, entry in enumerate(contest.entries)}
    for sheet in ScoreSheet.objects.filter(round__edition=contest.edition, state="open").order_by("pk"):
        number = order[sheet.entry_id]
        use, copy = points[number] if points else (9 - number, 8 - number)
        actions.hand_in(sheet, marks_of(sheet, use, copy), by=sheet.judge.person)


def make_decided(**other: object) -> Contest:
    """An edition whose results are decided."""
    contest = make_judging(**other)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "ที่ประชุมเห็นชอบตามคะแนน", by=contest.organiser)
    contest.fresh()
    return contest


def make_announced(**other: object) -> Contest:
    """An edition whose results are announced."""
    contest = make_decided(**other)
    actions.announce_results(contest.edition, today(), by=contest.organiser)
    contest.fresh()
    return contest


def make_rows_of_every_kind() -> None:
    """A few rows of every table of the room, for tests that compare rights row by row."""
    contest = make_announced()
    actions.order_certificates(contest.edition, winners_only=False, by=contest.organiser)
    actions.write_rules(
        contest.programme,
        2569,
        [actions.RuleWords("years_in_operation", {"years": 2})],
        by=contest.organiser,
        source_th="ประกาศ",
    )
    EntitlementRule.objects.create(
        programme=contest.programme, code="all", name_th="ครบ", name_en="all", levels=["excellent"]
    )
    running = make_judging(judges=3)
    owner = running.owners[0].agency
    actions.state_tie(running.judges[0], body=owner, why="เคยทำงานที่นั่น", by=running.judges[0].person)
    told = running.edition.rounds.get(number=1)
    starts = today() + timedelta(days=3)
    Presentation.objects.create(
        round=told, entry=running.entries[0], starts=_at(starts, 9), ends=_at(starts, 10), place="ห้อง 1"
    )
    prepared = make_edition("prepared")
    signer = actions.SignerWords("นายสมชาย ใจดี", "ผู้อำนวยการ")
    actions.set_signers(prepared.edition, [signer], by=prepared.organiser)


def _at(day: date, hour: int) -> object:
    from datetime import datetime

    return datetime(day.year, day.month, day.day, hour, tzinfo=BANGKOK)
