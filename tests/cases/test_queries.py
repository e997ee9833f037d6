from datetime import datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from prasan.agencies.models import Role
from prasan.agencies.queries import forget_standing
from prasan.cases.actions import erase_note, move
from prasan.cases.models import Note
from prasan.cases.queries import facts_as_of, next_steps, open_steps, state_as_of, timeline, timelines
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.events import Event, event_of
from prasan.ledger.actions import record
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency, make_holder, make_posting
from tests.factories.cases import make_errand

pytestmark = pytest.mark.django_db

SEEN = event_of("cases.errand.seen") or Event("cases.errand.seen", "Seen on site", public=True)
COUNTED = event_of("cases.errand.count") or Event("cases.errand.count", "Counted")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def head():
    agency = make_agency("320704", name_en="Office of the village")
    return make_posting("village_head", "32070401", agency=agency, title_en="Head of village 1").person


@pytest.fixture
def secretary():
    agency = make_agency("3207", name_en="Tha Tum district office")
    return make_posting("amphoe_secretary", "3207", agency=agency, title_en="District secretary").person


@pytest.fixture
def returned(head, secretary):
    errand = move(make_errand(by=head), "submit", by=head)
    return move(
        errand, "return", by=secretary, note="Two wells are enough", internal_note="The owner objects"
    )


def test_open_steps_are_those_the_person_may_take_from_here(head, secretary):
    errand = make_errand(by=head)
    assert [(found.step.code, found.possible) for found in open_steps(errand, head)] == [("submit", True)]
    assert open_steps(errand, secretary) == []
    assert open_steps(errand, None) == []

    submitted = move(errand, "submit", by=head)

    assert open_steps(submitted, head) == []
    assert [found.step.code for found in open_steps(submitted, secretary)] == ["approve", "return", "decline"]


def test_open_step_says_what_stands_in_its_way(head):
    errand = make_errand(by=head, title="")

    (found,) = open_steps(errand, head)

    assert (found.possible, found.why_not) == (False, "Please give it a title.")


def test_every_open_step_can_be_taken_and_no_other(head, secretary):
    errand = move(make_errand(by=head), "submit", by=head)

    for person in (head, secretary):
        offered = {found.step.code for found in open_steps(errand, person)}
        taken = set()
        for step in errand.workflow.steps:
            try:
                with transaction.atomic():
                    move(errand, step.code, by=person, note="Reason")
                    taken.add(step.code)
                    transaction.set_rollback(True)
            except Exception:  # noqa: S112 - a refusal of whatever kind counts as not taken
                continue
        assert offered == taken


def test_next_steps_name_the_roles_that_may_take_them(head):
    errand = move(make_errand(by=head), "submit", by=head)

    found = [(following.step.code, following.roles) for following in next_steps(errand)]

    secretary = str(Role.objects.get(code="amphoe_secretary"))
    assert found == [("approve", (secretary,)), ("return", (secretary,)), ("decline", (secretary,))]


def test_closed_case_has_nothing_before_it(head, secretary):
    errand = move(move(make_errand(by=head), "submit", by=head), "approve", by=secretary)

    assert next_steps(errand) == []


def test_those_inside_see_names_and_internal_notes(returned, head, secretary):
    lines = timeline(returned, viewer=secretary)

    assert [(line.label, line.post, line.body, line.person) for line in lines] == [
        ("Begun", "a person without a post", "", head.name),
        ("Submit", "Head of village 1", "Office of the village", head.name),
        ("Return", "District secretary", "Tha Tum district office", secretary.name),
    ]
    assert [line.state.code for line in lines] == ["draft", "submitted", "draft"]
    assert [(remark.is_internal, remark.text) for remark in lines[-1].remarks] == [
        (False, "Two wells are enough"),
        (True, "The owner objects"),
    ]


@pytest.mark.parametrize("who", ["nobody", "the author", "a secretary of elsewhere", "an auditor"])
def test_the_public_part_has_posts_and_public_reasons_but_no_names(returned, head, who):
    viewer = {
        "nobody": lambda: None,
        "the author": lambda: head,
        "a secretary of elsewhere": lambda: make_holder("amphoe_secretary", "3208"),
        "an auditor": lambda: make_holder("auditor", "32"),
    }[who]()

    lines = timeline(returned, viewer=viewer)

    assert [(line.label, line.post, line.person) for line in lines] == [
        ("Begun", "a person without a post", ""),
        ("Submit", "Head of village 1", ""),
        ("Return", "District secretary", ""),
    ]
    assert [remark.text for line in lines for remark in line.remarks] == ["Two wells are enough"]


def test_events_besides_steps_are_public_only_if_declared_so(returned, secretary):
    record(SEEN, returned, by=secretary)
    record(COUNTED, returned, by=secretary)
    record("cases.errand.retired_code", returned, by=None)

    assert [line.label for line in timeline(returned)][3:] == ["Seen on site"]
    assert [(line.label, line.post) for line in timeline(returned, viewer=secretary)][3:] == [
        ("Seen on site", "a person without a post"),
        ("Counted", "a person without a post"),
        ("Another act (cases.errand.retired_code)", "the system"),
    ]


def test_erased_note_stands_without_words(returned, secretary):
    erase_note(Note.objects.get(audience="public"), by=None)

    (remark,) = timeline(returned)[-1].remarks

    assert (remark.text, remark.erased_at is not None) == ("", True)


def test_acting_holder_is_shown_as_such(head):
    governor = make_posting("amphoe_secretary", "3207", title_en="District secretary")
    deputy = make_posting("amphoe_secretary", "3207", title_en="Acting secretary", acting_for=governor).person
    errand = move(move(make_errand(by=head), "submit", by=head), "approve", by=deputy)

    line = timeline(errand)[-1]

    assert (line.post, line.acting_for) == ("Acting secretary", "District secretary")


def test_timeline_speaks_the_language_of_the_reader(returned):
    with translation.override("th"):
        begun = timeline(returned)[0]
        shown = (str(begun.label), begun.post)

    assert shown == ("เริ่มเรื่อง", "บุคคลที่ไม่มีตำแหน่ง")


@pytest.mark.parametrize("inside", [True, False])
def test_timeline_takes_the_same_queries_for_one_act_and_for_many(head, secretary, inside):
    def queries_of(errand):
        viewer = make_person() if not inside else type(secretary).objects.get(pk=secretary.pk)
        with CaptureQueriesContext(connection) as queries:
            assert timeline(errand, viewer=viewer)
        return len(queries)

    short = move(make_errand(by=head), "submit", by=head)
    few = queries_of(type(short).objects.select_related("area").get(pk=short.pk))
    long = short
    for _round in range(3):
        long = move(long, "return", by=secretary, note="Reason")
        long = move(long, "submit", by=head)
    many = queries_of(type(long).objects.select_related("area").get(pk=long.pk))

    assert few == many


def test_timelines_are_those_of_each_case_in_the_order_asked(returned, head, secretary):
    other = move(make_errand(by=head), "submit", by=head)
    untold = make_errand(by=None)

    found = timelines([other, returned, untold], viewer=secretary)

    assert found == [timeline(case, viewer=secretary) for case in (other, returned, untold)]
    assert [len(lines) for lines in found] == [2, 3, 1]
    assert timelines([], viewer=secretary) == []


def test_whoever_is_inside_one_case_reads_only_the_public_part_of_the_next(returned, head, secretary):
    elsewhere = make_holder("amphoe_secretary", "3208")
    author = make_holder("village_head", "32080101")
    other = move(make_errand("32080101", by=author), "submit", by=author)
    other = move(
        other, "return", by=elsewhere, note="One well is enough", internal_note="The neighbour objects"
    )

    for viewer, inside in ((secretary, returned), (elsewhere, other)):
        told = dict(zip((returned, other), timelines([returned, other], viewer=viewer), strict=True))

        for case, names, internal in (
            (returned, {head.name, secretary.name}, "The owner objects"),
            (other, {author.name, elsewhere.name}, "The neighbour objects"),
        ):
            remarks = {remark.text for line in told[case] for remark in line.remarks if remark.is_internal}
            assert {line.person for line in told[case]} == (names if case == inside else {""})
            assert remarks == ({internal} if case == inside else set())


@pytest.mark.parametrize("who", ["nobody", "the secretary", "an officer of the agency"])
def test_timelines_take_the_same_queries_for_one_case_and_for_three(head, secretary, who):
    agency = make_agency("32")
    errands = [move(make_errand(by=head, agency=agency), "submit", by=head) for _each in range(3)]
    for errand in errands:
        move(errand, "return", by=secretary, note="Reason", internal_note="Between us")
    viewer = {
        "nobody": lambda: None,
        "the secretary": lambda: secretary,
        "an officer of the agency": lambda: make_holder("agency_officer", "32", agency=agency),
    }[who]()

    def queries_of(number):
        cases = list(type(errands[0]).objects.order_by("pk")[:number])
        forget_standing(viewer) if viewer else None
        with CaptureQueriesContext(connection) as queries:
            found = timelines(cases, viewer=viewer)
        assert [len(lines) for lines in found] == [3] * number
        return len(queries)

    assert queries_of(1) == queries_of(3) <= 6


def at(hour):
    return datetime(2025, 6, 1, hour, tzinfo=BANGKOK)


def test_state_and_facts_are_known_for_any_moment(head, secretary):
    with time_machine.travel(at(8), tick=False):
        errand = make_errand(by=head)
    with time_machine.travel(at(10), tick=False):
        errand = move(errand, "submit", by=head, after={"wells": 3})
    with time_machine.travel(at(12), tick=False):
        record(COUNTED, errand, by=head, before={"wells": 3}, after={"wells": 2})
    with time_machine.travel(at(14), tick=False):
        move(errand, "approve", by=secretary)

    states = [state_as_of(errand, at(hour)) for hour in (7, 8, 9, 10, 13, 14, 20)]
    assert [state and state.code for state in states] == [
        None,
        "draft",
        "draft",
        "submitted",
        "submitted",
        "approved",
        "approved",
    ]
    assert facts_as_of(errand, at(7)) == {}
    assert facts_as_of(errand, at(11)) == {"state": "submitted", "wells": 3}
    assert facts_as_of(errand, at(20)) == {"state": "approved", "wells": 2}
