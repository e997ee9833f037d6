"""Figures equal a recount after every act, however complaints went; each of them leads to its list."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.complaints import actions
from prasan.complaints.models import Complaint, Referral, TallyChange
from prasan.complaints.queries import (
    complaint_figures,
    complaints_for,
    counts_of,
    may_see_figures,
    told_by_amphoe,
)
from prasan.complaints.queries.figures import Period
from prasan.places.models import COUNTRY
from tests.complaints.test_clocks import ACTS, MONDAY, at, attempt  # noqa: F401 - a fixture
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import (
    PROVINCE,
    VILLAGE,
    make_centre,
    make_complaint,
    make_kind,
    make_referred,
    make_screened,
)

pytestmark = pytest.mark.django_db
ALWAYS = Period()


def rows_of(view: str) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT area_code, above, kind, month, agency_id, what, days, sum(number) FROM complaints_{view}"
            " GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(number) <> 0"
        )
        return {tuple(row[:-1]): row[-1] for row in cursor.fetchall()}


def assert_equal_to_a_recount():
    assert rows_of("tallynow") == rows_of("recount")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, fold=st.integers(0, 11), mark=st.integers(1, 5))
def test_tally_equals_a_recount_after_every_act(at, acts, fold, mark):  # noqa: F811 - the fixture
    centre = make_centre()
    at(MONDAY)
    complaint, main = make_complaint(), make_screened(centre)
    for number, (act, _days) in enumerate(acts):
        attempt(act, Complaint.objects.get(pk=complaint.pk), main, centre)
        if Complaint.objects.get(pk=complaint.pk).is_closed and number % 2:
            Complaint.objects.filter(pk=complaint.pk).update(satisfaction=mark)
        if number == fold:
            actions.fold_complaints_tally()
        assert_equal_to_a_recount()
    before = rows_of("tallynow")
    actions.fold_complaints_tally()
    assert not TallyChange.objects.exists()
    assert rows_of("tallynow") == before


def test_kind_and_place_that_change_take_the_figures_along():
    centre = make_centre()
    complaint, _referral = make_referred(centre)
    for change in ({"kind": make_kind("road")}, {"area": make_area("32080101")}, {"is_restricted": True}):
        for name, value in change.items():
            setattr(complaint, name, value)
        complaint.save()
        assert_equal_to_a_recount()
    assert complaint_figures(make_area(PROVINCE), ALWAYS).total.raw == 0


def test_the_same_is_counted_at_every_level_and_raw_and_once():
    centre = make_centre()
    main, other = make_screened(centre), make_screened(centre)
    actions.join_complaint(other, main, by=centre.officer, note="เรื่องเดียวกัน")
    make_complaint(area="32080101")
    make_complaint(kind="official", subject_agency=centre.other)

    levels = [COUNTRY, PROVINCE, "3207", VILLAGE[:6], VILLAGE]
    told = [complaint_figures(make_area(code), ALWAYS).total for code in levels]

    assert [(each.raw, each.once) for each in told] == [(3, 2), (3, 2), (2, 1), (2, 1), (2, 1)]
    assert {
        code: each.raw for code, each in complaint_figures(make_area(PROVINCE), ALWAYS).by_area.items()
    } == {
        "3207": 2,
        "3208": 1,
    }
    of_kind = complaint_figures(make_area(PROVINCE), ALWAYS, "lighting")
    assert (of_kind.total.raw, {code: each.raw for code, each in of_kind.by_area.items()}) == (2, {"3207": 2})
    assert told_by_amphoe([PROVINCE, "33"], date(2020, 1, 1), date(2099, 1, 1)) == {
        PROVINCE: {("3207", "lighting"): 2, ("3208", ""): 1},
        "33": {},
    }
    seen = counts_of(complaints_for(centre.governor).filter(is_restricted=False))
    assert (seen.raw, seen.once) == (told[1].raw, told[1].once)


def test_days_and_marks_are_those_of_the_cases(at):  # noqa: F811 - the fixture
    centre = make_centre()
    took = []
    for days in (0, 1, 4, 9):
        at(MONDAY)
        complaint, referral = make_referred(centre)
        at(MONDAY.replace(day=MONDAY.day + days))
        actions.acknowledge_referral(referral, by=centre.handler)
        actions.answer_referral(referral, by=centre.handler, note="ซ่อมแล้ว")
        actions.close_complaint(complaint, reason="solved", by=centre.officer, note="ซ่อมแล้ว")
        actions.rate(complaint, 5 if days else 2)
        took.append(Complaint.objects.get(pk=complaint.pk).days_used)
    figures = complaint_figures(make_area(PROVINCE), ALWAYS)

    assert took == sorted(took)
    assert (figures.total.half_closed_in, figures.total.most_closed_in) == (took[1], took[3])
    agency = figures.by_agency[centre.agency.pk]
    assert (agency.raw, agency.half_answered_in, agency.half_acknowledged_in) == (4, took[1], took[1])
    assert (figures.total.rated, figures.total.mean_mark) == (4, 4.25)


def test_sent_to_the_same_agency_again_it_counts_once_there():
    centre = make_centre()
    complaint, referral = make_referred(centre)
    actions.return_referral(referral, by=centre.handler, note="ส่งคืน")
    actions.refer_complaint(complaint, lead=centre.agency, by=centre.officer)

    assert complaint_figures(make_area(PROVINCE), ALWAYS).by_agency[centre.agency.pk].raw == 1
    assert Referral.objects.count() == 2
    assert_equal_to_a_recount()


def test_repeat_through_another_door_is_told_apart():
    centre = make_centre()
    main, web = make_screened(centre), make_screened(centre)
    desk = actions.take_in_at_desk(
        actions.ComplaintWords("ไฟดับ", make_area(VILLAGE), kind=make_kind()),
        channel="counter",
        manner="anonymous",
        by=centre.officer,
    ).complaint
    for repeat in (web, desk):
        actions.join_complaint(repeat, main, by=centre.officer, note="เรื่องเดียวกัน")

    total = complaint_figures(make_area(PROVINCE), ALWAYS).total
    assert (total.repeats, total.across) == (2, 1)
    actions.part_complaint(desk, by=centre.officer, note="คนละเรื่อง")
    assert complaint_figures(make_area(PROVINCE), ALWAYS).total.across == 0


def test_figures_are_seen_by_those_who_answer_for_the_area():
    centre = make_centre()
    province, amphoe = make_area(PROVINCE), make_area("3207")
    secretary = make_holder("amphoe_secretary", amphoe)

    assert all(may_see_figures(user, province) for user in (centre.officer, centre.governor))
    assert not any(may_see_figures(user, province) for user in (None, centre.handler, secretary))
    assert may_see_figures(secretary, amphoe)
    assert not may_see_figures(centre.governor, make_area("33"))


def test_a_month_is_that_of_receiving_in_bangkok(at):  # noqa: F811 - the fixture
    complaint = make_complaint()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE complaints_complaint SET created_at = '2026-05-31T17:30:00Z' WHERE id = %s",
            [complaint.pk],
        )
        cursor.execute("SELECT complaints_month(created_at) FROM complaints_complaint")
        assert cursor.fetchone() == (date(2026, 6, 1),)
