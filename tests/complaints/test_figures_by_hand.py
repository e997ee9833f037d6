"""Figures of every level, kind and time, held against a slow count of the cases one by one."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection

from prasan.complaints import actions
from prasan.complaints.models import Complaint, Referral
from prasan.complaints.queries import complaint_figures
from prasan.complaints.queries.figures import ALL_KINDS, Figures, Period
from prasan.kernel.calendar import BANGKOK
from prasan.places.models import COUNTRY
from tests.factories.agencies import make_area
from tests.factories.complaints import Centre, make_centre, make_complaint, make_kind

pytestmark = pytest.mark.django_db

PLACES = ("32", "3207", "320701", "32070101", "32070102", "320702", "3208", "32080101", "33010101")
KINDS = (None, "lighting", "road")
STATES = ("received", "screened", "working", "answered", "closed", "closed", "repeated")
BEGINS = datetime(2025, 9, 20, tzinfo=BANGKOK)


def make_history(seed: int, number: int = 40) -> None:
    """Complaints of all sorts and days; the tally is counted from them at the end, as a repair does it."""
    dice, centre = Random(seed), make_centre()
    keys = [make_complaint().pk for _each in range(number)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for key in keys:
            change(key, dice, centre)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("DELETE FROM complaints_tallychange")
        cursor.execute(
            "INSERT INTO complaints_tally (area_code, above, kind, month, agency_id, what, days, number)"
            " SELECT area_code, above, kind, month, agency_id, what, days, number FROM complaints_recount"
        )


def change(key: int, dice: Random, centre: Centre) -> None:
    kind = dice.choice(KINDS)
    Complaint.objects.filter(pk=key).update(
        created_at=BEGINS + timedelta(days=dice.randrange(60), hours=dice.randrange(24)),
        area=make_area(dice.choice(PLACES)),
        kind=make_kind(kind) if kind else None,
        is_restricted=dice.random() < 0.1,
        state=dice.choice(STATES),
        was_late=dice.random() < 0.3,
        times_reopened=dice.choice((0, 0, 1, 2)),
        is_across=dice.random() < 0.2,
        satisfaction=dice.choice((None, 1, 4, 5)),
        days_used=dice.choice((None, 0, 3, 9)),
    )
    for agency in dice.sample((centre.agency, centre.other), dice.randint(0, 2)):
        Referral.objects.create(
            complaint_id=key,
            agency=agency,
            is_lead=False,
            is_latest=dice.random() < 0.8,
            state=dice.choice(("sent", "returned", "answered")),
            was_late=dice.random() < 0.3,
            days_used=dice.choice((None, 2)),
            days_to_acknowledge=dice.choice((None, 1, 5)),
        )


def facts_of(complaint: Complaint) -> list[tuple[str, int]]:
    facts = [("told", -1), (f"state:{complaint.state}", -1)]
    if complaint.was_late:
        facts.append(("late", -1))
    if complaint.times_reopened:
        facts.append(("reopened", -1))
    if complaint.is_across:
        facts.append(("across", -1))
    if complaint.satisfaction is not None:
        facts.append(("rated", complaint.satisfaction))
    if complaint.state == "closed" and complaint.days_used is not None:
        facts.append(("closed_in", complaint.days_used))
    return facts


def facts_of_referral(referral: Referral) -> list[tuple[str, int]]:
    facts = [("told", -1), (f"state:{referral.state}", -1)]
    if referral.was_late:
        facts.append(("late", -1))
    if referral.days_to_acknowledge is not None:
        facts.append(("acknowledged_in", referral.days_to_acknowledge))
    if referral.state == "answered" and referral.days_used is not None:
        facts.append(("answered_in", referral.days_used))
    return facts


def by_hand(code: str, period: Period, kind: str) -> tuple[dict, ...]:
    """Total, by kind, by month, by area and by agency: (key, what, days) → how many."""
    total, kinds, months, areas, agencies = (Counter() for _each in range(5))
    prefix = "" if code == COUNTRY else code
    for complaint in Complaint.objects.filter(is_restricted=False).prefetch_related("referrals"):
        day = complaint.created_at.astimezone(BANGKOK).date()
        month = day.replace(day=1)
        if not complaint.area_id.startswith(prefix) or not period.first <= month <= period.last:
            continue
        own, is_asked = complaint.kind_id or "", kind in (ALL_KINDS, complaint.kind_id)
        part = complaint.area_id[: len(prefix) + 2]
        for fact in facts_of(complaint):
            kinds[own, *fact] += 1
            if is_asked:
                total[fact] += 1
                months[month, *fact] += 1
                if len(part) > len(prefix):
                    areas[part, *fact] += 1
        for referral in complaint.referrals.all():
            if is_asked and referral.is_latest:
                for fact in facts_of_referral(referral):
                    agencies[referral.agency_id, *fact] += 1
    return tuple(dict(each) for each in (total, kinds, months, areas, agencies))


def flat(figures: dict[object, Figures]) -> dict:
    return {(key, *fact): number for key, each in figures.items() for fact, number in facts_in(each).items()}


def facts_in(figures: Figures) -> dict:
    counted = {(what, -1): number for what, number in figures.counts.items()}
    return counted | {
        (what, days): number for what, found in figures.days.items() for days, number in found.items()
    }


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_counted_by_hand(seed):
    make_history(seed)
    if seed == 1:
        Complaint.objects.filter(times_reopened=2).update(state="closed", days_used=4)  # not folded yet
    elif seed == 2:
        Complaint.objects.filter(times_reopened=2).update(state="closed", days_used=4)
        actions.fold_complaints_tally()

    september = Period(datetime(2025, 9, 1).date(), datetime(2025, 9, 1).date())
    looked_at = 0
    for code in (COUNTRY, "32", "33", "3207", "320701", "32070101"):
        for kind in (ALL_KINDS, "lighting", "road"):
            for period in (Period(), september):
                found = complaint_figures(make_area(code), period, kind)
                total, kinds, months, areas, agencies = by_hand(code, period, kind)

                assert facts_in(found.total) == total
                assert flat(found.by_kind) == kinds
                assert flat(found.by_month) == months
                assert flat(found.by_area) == areas
                assert flat(found.by_agency) == agencies
                looked_at += len(total) > 0
    assert looked_at > 20
