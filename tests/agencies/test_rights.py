from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from prasan.agencies.models import Agency, Committee, Posting
from prasan.agencies.queries import (
    committees_of,
    decide,
    forget_standing,
    postings_of,
    require,
    within_reach,
)
from prasan.agencies.queries.rights import NOT_NOW
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import ANYBODY, SUBJECT, Grant, Reach, Right
from prasan.places.models import Area
from tests.factories.accounts import make_person
from tests.factories.agencies import (
    make_agency,
    make_area,
    make_committee,
    make_holder,
    make_posting,
    make_seat,
)

pytestmark = pytest.mark.django_db

IN_AREA = Right("test.area", "Not your area.", (Grant("amphoe_secretary", Reach.AREA),))
OF_AGENCY = Right("test.agency", "Not your agency.", (Grant("agency_officer", Reach.AGENCY),))
OF_COMMITTEE = Right("test.committee", "Not your committee.", (Grant("kamnan", Reach.COMMITTEE),))
OWN = Right("test.own", "Not yours.", (Grant(ANYBODY, Reach.OWN),))
OPEN = Right("test.open", "Not public.", (Grant(ANYBODY, Reach.PUBLIC),))


def test_area_reaches_itself_and_all_inside_it_and_nothing_else():
    secretary = make_holder("amphoe_secretary", "3207")
    codes = ["32", "3207", "320704", "32070401", "3208", "320801"]
    areas = [make_area(code) for code in codes]

    allowed = [area.code for area in areas if decide(secretary, IN_AREA, area)]

    assert allowed == ["3207", "320704", "32070401"]
    assert sorted(within_reach(secretary, IN_AREA, Area.objects.values_list("code", flat=True))) == allowed


def test_the_country_reaches_every_row_that_has_an_area():
    secretary = make_holder("amphoe_secretary")
    areas = [make_area(code) for code in ("TH", "32", "3207")]

    assert [bool(decide(secretary, IN_AREA, area)) for area in areas] == [True, True, True]
    assert within_reach(secretary, IN_AREA, Area.objects).count() == 3


def test_refusal_carries_the_reason_and_permission_the_posting():
    posting = make_posting("amphoe_secretary", "3207")
    inside, outside = make_area("320704"), make_area("33")

    yes, no = decide(posting.person, IN_AREA, inside), decide(posting.person, IN_AREA, outside)

    assert (yes.allowed, yes.reason, yes.posting) == (True, "", posting.pk)
    assert (no.allowed, no.reason, no.posting) == (False, "Not your area.", None)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_without_signing_in_only_what_is_public_is_allowed(nobody):
    posting = make_posting("kamnan", "320704")

    assert [bool(decide(nobody, right, posting)) for right in (OPEN, OWN, OF_AGENCY)] == [True, False, False]
    assert list(within_reach(nobody, OPEN, Posting.objects.all())) == [posting]
    assert list(within_reach(nobody, OWN, Posting.objects.all())) == []


def test_closed_account_has_no_rights():
    posting = make_posting("amphoe_secretary", "3207")
    person = posting.person
    person.is_active = False

    assert not decide(person, IN_AREA, posting.area)
    assert not decide(person, OWN, posting)
    assert postings_of(person) == ()


@pytest.mark.parametrize(
    ("today", "holds"),
    [("2026-03-09", False), ("2026-03-10", True), ("2026-03-20", True), ("2026-03-21", False)],
)
def test_posting_holds_from_its_first_to_its_last_day(today, holds):
    posting = make_posting("amphoe_secretary", "3207", starts=date(2026, 3, 10), ends=date(2026, 3, 20))

    with time_machine.travel(f"{today}T12:00:00+07:00", tick=False):
        assert bool(decide(posting.person, IN_AREA, posting.area)) is holds
        assert posting.is_current is holds


def test_day_changes_at_midnight_in_bangkok():
    posting = make_posting("amphoe_secretary", "3207", starts=date(2026, 3, 10))
    person = posting.person

    with time_machine.travel("2026-03-09T16:59:59+00:00", tick=False):
        before = bool(decide(person, IN_AREA, posting.area))
    with time_machine.travel("2026-03-09T17:00:00+00:00", tick=False):
        after = bool(decide(person, IN_AREA, posting.area))

    assert (before, after) == (False, True)


def test_one_who_acts_has_the_rights_of_the_post_and_the_posting_shows_it():
    governor = make_posting("governor", "32")
    acting = make_posting("governor", "32", acting_for=governor, agency=governor.agency)
    right = Right("test.govern", "Only the governor.", (Grant("governor", Reach.AREA),))

    decision = decide(acting.person, right, make_area("3207"))

    assert decision.posting == acting.pk
    assert [facts.acting_for for facts in postings_of(acting.person)] == [governor.pk]


def test_own_posting_is_named_before_one_in_which_he_acts():
    other = make_posting("amphoe_secretary", "3208")
    person = make_person()
    acting = make_posting("amphoe_secretary", "32", person=person, acting_for=other, starts=date(2019, 1, 1))
    own = make_posting("amphoe_secretary", "3207", person=person)

    assert [facts.id for facts in postings_of(person)] == [own.pk, acting.pk]
    assert decide(person, IN_AREA, make_area("320701")).posting == own.pk


def test_one_who_acts_sits_in_the_seat_of_the_one_he_stands_in_for():
    committee, other = make_committee("320704"), make_committee("320705")
    kamnan = make_posting("kamnan", "320704")
    make_seat(committee, kamnan)
    acting = make_posting("kamnan", "320704", acting_for=kamnan)

    assert committees_of(acting.person) == {committee.pk}
    assert decide(acting.person, OF_COMMITTEE, committee)
    assert not decide(acting.person, OF_COMMITTEE, other)
    assert list(within_reach(acting.person, OF_COMMITTEE, Committee.objects.all())) == [committee]


def test_ended_seat_and_dissolved_committee_give_nothing():
    kamnan = make_posting("kamnan", "320704")
    ended, dissolved = make_committee("320704"), make_committee("320705", valid_to=date(2021, 1, 1))
    make_seat(ended, kamnan, ends=date(2021, 1, 1))
    make_seat(dissolved, kamnan)

    assert committees_of(kamnan.person) == frozenset()
    assert not decide(kamnan.person, OF_COMMITTEE, ended)


def test_agency_reaches_its_own_rows_only():
    posting = make_posting("agency_officer", "32")
    other = make_agency("32", parent=posting.agency)

    assert decide(posting.person, OF_AGENCY, posting.agency)
    assert not decide(posting.person, OF_AGENCY, other)
    assert list(within_reach(posting.person, OF_AGENCY, Agency.objects.all())) == [posting.agency]


def test_bar_takes_the_right_away_whatever_the_role():
    right = Right(
        "test.bar",
        "Not your area.",
        (Grant("amphoe_secretary", Reach.AREA),),
        unless=(SUBJECT,),
        barred_reason="Not about yourself.",
    )
    own = make_posting("amphoe_secretary", "3207")
    other = make_posting("kamnan", "320704")

    decision = decide(own.person, right, own)

    assert (decision.allowed, decision.reason) == (False, "Not about yourself.")
    assert decide(own.person, right, other)
    assert list(within_reach(own.person, right, Posting.objects.all())) == [other]


def test_phase_of_a_table_without_states_never_holds():
    right = Right("test.phase", "No.", (Grant("amphoe_secretary", Reach.AREA, phases=("draft",)),))
    posting = make_posting("amphoe_secretary", "3207")

    assert decide(posting.person, right, posting).reason == NOT_NOW
    assert list(within_reach(posting.person, right, Posting.objects.all())) == []


def test_row_of_a_table_that_declares_nothing_is_our_fault():
    with pytest.raises(TypeError, match="does not declare"):
        decide(None, OPEN, make_posting("kamnan", "320704").role)


def test_postings_are_loaded_once_for_all_questions(django_assert_num_queries):
    secretary = make_holder("amphoe_secretary", "3207")
    area = make_area("320704")

    with django_assert_num_queries(1):
        for _question in range(3):
            decide(secretary, IN_AREA, area)
            postings_of(secretary)
            committees_of(secretary)


def test_forgotten_standing_is_loaded_anew():
    person = make_person()
    area = make_area("3207")
    assert not decide(person, IN_AREA, area)
    make_posting("amphoe_secretary", area, person=person)

    forget_standing(person)

    assert decide(person, IN_AREA, area)


def test_require_lets_the_system_do_what_no_person_may():
    area = make_area("3207")

    assert require(None, IN_AREA, area) is None
    with pytest.raises(Refused, match="Not your area"):
        require(make_person(), IN_AREA, area)


def test_require_asks_for_every_row():
    posting = make_posting("amphoe_secretary", "3207")

    assert require(posting.person, IN_AREA, make_area("320704"), posting) == posting.pk
    with pytest.raises(Refused):
        require(posting.person, IN_AREA, make_area("320704"), make_area("3208"))


def test_wide_and_narrow_posting_together_reach_each_row_once():
    person = make_person()
    make_posting("amphoe_secretary", "32", person=person)
    make_posting("amphoe_secretary", "3207", person=person)
    make_area("320704")

    reached = within_reach(person, IN_AREA, Area.objects.order_by("code"))

    assert [area.code for area in reached] == ["32", "3207", "320704"]
