"""What journeys leave to the acts of awards: who takes part, midnight, and what is done by the dozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db.models import F

from prasan.accounts.models import User
from prasan.agencies.actions import found_agency
from prasan.agencies.models import Agency, Posting
from prasan.awards import actions
from prasan.awards.models import Edition, Entry, Panel, ScoreSheet
from prasan.awards.queries.certificates import certificate_of
from prasan.demo.logins import known_logins
from prasan.demo.people import Staff, employ
from prasan.innovations.models import Innovation
from prasan.kernel.calendar import today
from prasan.places.models import COUNTRY, Area

REGISTER = "local-digital-2564"


def employ_in(code: str, role: str, username: str, title: str, name: str = "") -> None:
    """Open an account with a post in an agency, which is founded where there is none of this code."""
    country = Area.objects.get(pk=COUNTRY)
    agency = Agency.objects.filter(code=code).first() or found_agency(
        code=code, name_th=name, name_en=code.upper(), level=Agency.Level.CENTRAL, area=country, by=None
    )
    password = known_logins()[0].password
    staff = Staff(country, password, make_password(password))
    employ(staff, username, role, agency, agency.area or country, title, title, by=None)


def open_small(code: str, name: str, judge: str, by: str) -> int:
    """An award of one round and one judge of a body outside, open for entries; the number of its edition."""
    officer = _person(by)
    organiser = Posting.objects.get(person=officer, acting_for=None).agency
    programme = actions.found_programme(code, name, organiser=organiser, by=officer)
    edition = actions.begin_edition(
        programme,
        actions.EditionWords(
            year=2569,
            opens=today(),
            closes=today() + timedelta(days=1),
            categories=[actions.CategoryWords("ทุกประเภท")],
            rounds=[
                actions.RoundWords(
                    "รอบตัดสิน", [actions.CriterionWords("use", "ประโยชน์ต่อประชาชน", most=Decimal(10))]
                )
            ],
            quotas=[actions.QuotaWords("excellent", 1)],
            tie_rules=["draw|"],
            draw="835492",
            judges_wanted=1,
        ),
        by=officer,
    )
    panel = actions.make_panel(edition, "คณะกรรมการตัดสิน", by=officer)
    actions.seat_judge(panel, _person(judge), outside_body="มหาวิทยาลัย", by=officer)
    return actions.open_edition(edition, by=officer).pk


def let_days_pass(edition: int, days: int) -> None:
    """Put the window, and what was entered in it, so many days back: no browser waits for midnight."""
    back = timedelta(days=days)
    Edition.objects.filter(pk=edition).update(opens=F("opens") - back, closes=F("closes") - back)
    Entry.objects.filter(edition=edition).update(submitted_at=F("submitted_at") - back)


def enter(edition: int, numbers: Sequence[int]) -> None:
    """Enter innovations of the contest of 2564, by their numbers in its source and in this order."""
    told = Edition.objects.get(pk=edition)
    category = told.categories.get()
    for number in numbers:
        innovation = Innovation.objects.get(entries__register__code=REGISTER, entries__number=number)
        actions.submit_entry(actions.begin_entry(told, category, innovation, by=None), by=None)


def admit(edition: int, by: str) -> int:
    """Admit all entries that wait for screening; how many they were."""
    waiting = list(Entry.objects.filter(edition=edition, state="submitted").order_by("number"))
    for entry in waiting:
        actions.admit_entry(entry, by=_person(by))
    return len(waiting)


def seat(panel: int, judges: Iterable[tuple[str, str]], by: str) -> None:
    """Seat judges, each with the code of the body."""
    for username, body in judges:
        told = Panel.objects.get(pk=panel)
        actions.seat_judge(told, _person(username), body=Agency.objects.get(code=body), by=_person(by))


def present(edition: int, by: str) -> None:
    """Put every entry of the last round on the timetable that is not there, a quarter of an hour each."""
    told = Edition.objects.get(pk=edition).rounds.last()
    assert told is not None
    starts = told.presentations.latest("ends").ends
    for entry in Entry.objects.filter(rounds__round=told, presentations=None).order_by("number"):
        ends = starts + timedelta(minutes=15)
        actions.set_presentation(told, entry, starts, ends, "ห้องประชุมออนไลน์ 1", by=_person(by))
        starts = ends


def sheets(edition: int) -> list[tuple[int, int, str]]:
    """The sheets that wait for their judges: key, number of the entry, user name of the judge."""
    rows = ScoreSheet.objects.filter(round__edition=edition, state="open").order_by("pk")
    return list(rows.values_list("pk", "entry__number", "judge__person__username"))


def numbers(edition: int) -> dict[int, int]:
    """The number of every entry by its key, as it stands in addresses."""
    return dict(Entry.objects.filter(edition=edition).values_list("pk", "number"))


def square_on(entry: int) -> str:
    """The address that the square on the certificate of an entry holds."""
    told = Entry.objects.select_related("edition").get(pk=entry)
    return certificate_of(told.edition, told).paper.address


def hand_in(marks: dict[str, dict[str, str]]) -> None:
    """Hand sheets in, by their keys, each as its judge."""
    for sheet in ScoreSheet.objects.filter(pk__in=marks).select_related("judge__person").order_by("pk"):
        given = {code: Decimal(mark) for code, mark in marks[str(sheet.pk)].items()}
        actions.hand_in(sheet, given, by=sheet.judge.person)


def _person(username: str) -> User:
    """A fresh reading, with the postings held by now."""
    return User.objects.get(username=username)
