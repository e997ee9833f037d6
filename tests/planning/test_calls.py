from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.agencies.models import Call
from prasan.agencies.queries import decide
from prasan.cases.actions import move
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.places.models import Area
from prasan.planning import actions, rules
from prasan.planning.models import (
    Attachment,
    CallException,
    CallTerms,
    Need,
    NothingToReport,
    ProjectKind,
)
from prasan.planning.queries import (
    answers_for,
    answers_owed_by,
    asked_so_far,
    calls_for,
    progress_below,
    progress_by_kind,
)
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.documents import make_file
from tests.factories.planning import (
    AMPHOE,
    PROVINCE,
    TAMBON,
    VILLAGE,
    YEAR,
    World,
    make_call,
    make_issue,
    need_words,
    proposal_words,
)

pytestmark = pytest.mark.django_db

OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)
INSIDE = "2026-11-15T12:00:00+07:00"
AFTER = "2026-12-01T00:00:00+07:00"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def call(world: World) -> Call:
    with time_machine.travel("2026-10-20T09:00:00+07:00", tick=False):
        make_area("32070402")
        return make_call(world, opens=OPENS, closes=CLOSES)


def draft(world: World, area: str = VILLAGE) -> Need:
    return actions.draft_need(make_area(area), need_words(), by=world.person("tambon_secretary"))


def enter(world: World, area: str = VILLAGE) -> Need:
    return actions.enter_need(draft(world, area), by=world.person("tambon_secretary"))


def unanswered(call: Call) -> list[str]:
    rows = call.answers.filter(answered_at=None).order_by("pk")
    return [answer.area_id or answer.agency.code for answer in rows]


def test_call_asks_villages_tambon_and_offices_of_the_province(world: World, call: Call) -> None:
    asked = [answer.area_id or answer.agency for answer in call.answers.order_by("pk")]

    assert asked[:3] == [VILLAGE, "32070402", TAMBON]
    assert world.agency in asked[3:]
    assert call.agency not in asked[3:]
    assert list(calls_for(None)) == [call]


def test_call_of_chosen_groups_asks_only_those(world: World) -> None:
    call = make_call(world, asked=["tambon"])

    assert [answer.area_id for answer in call.answers.all()] == [TAMBON]


def test_call_cannot_overlap_another_of_its_year(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False), pytest.raises(Refused, match="same year"):
        make_call(world, opens=CLOSES, closes=CLOSES + timedelta(days=9))

    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    "role", ["village_head", "tambon_secretary", "amphoe_secretary", "analyst", "governor"]
)
def test_only_the_head_of_the_office_keeps_calls(world: World, call: Call, role: str) -> None:
    person = world.person(role)

    with time_machine.travel(INSIDE, tick=False):
        for act in (
            lambda: make_call(world, by=person, fiscal_year=YEAR + 1),
            lambda: actions.change_terms(call, actions.TermsWords(), by=person),
            lambda: actions.extend_planning_call(call, CLOSES + timedelta(days=1), by=person),
            lambda: actions.sign_exception(
                call, area=world.village, until=CLOSES + timedelta(days=5), reason="น้ำท่วม", by=person
            ),
        ):
            with pytest.raises(Refused):
                act()

    assert Call.objects.get().closes == CLOSES
    assert CallException.objects.count() == 0


def test_head_of_another_province_keeps_no_call_here(world: World, call: Call) -> None:
    other = make_holder("provincial_head", "45")

    assert not decide(other, rules.KEEP_CALL, call)
    assert list(answers_for(other, call)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seconds=st.sampled_from([0, 1, -1]) | st.integers(-90_000, 90_000), edge=st.sampled_from([OPENS, CLOSES])
)
def test_entry_counts_from_first_midnight_to_last_in_bangkok(
    world: World, call: Call, seconds: int, edge: date
) -> None:
    midnight = datetime(edge.year, edge.month, edge.day, tzinfo=BANGKOK)
    moment = midnight + timedelta(days=edge == CLOSES, seconds=seconds)
    day = moment.astimezone(BANGKOK).date()
    call.answers.update(answered_at=None)

    with time_machine.travel(moment, tick=False):
        if day > CLOSES:
            with pytest.raises(Refused, match="comes late"):
                enter(world)
            return
        need = enter(world)

    is_open = day >= OPENS
    assert need.call_id == (call.pk if is_open else None)
    assert (call.answers.get(area=VILLAGE).answered_at == moment) is is_open


def test_need_answers_for_its_village_and_for_the_tambon_of_who_entered_it(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        head_made = actions.enter_need(draft(world), by=world.person("village_head"))
        assert unanswered(call)[:2] == ["32070402", TAMBON]

        enter(world, "32070402")

    assert head_made.call_id == call.pk
    assert [who for who in unanswered(call) if who.startswith("32")] == []


def test_own_project_answers_for_its_agency(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        actions.submit_own_project(world.own_project(), by=world.person("agency_officer"))

    assert world.agency.code not in unanswered(call)
    assert VILLAGE in unanswered(call)


def test_late_proposal_is_refused_with_whom_to_ask(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        proposal = world.proposal()

    with time_machine.travel(AFTER, tick=False), pytest.raises(Refused) as refusal:
        actions.submit_proposal(proposal, by=world.person("village_head"))

    assert str(call.agency) in str(refusal.value)
    assert call.title in str(refusal.value)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.call) == ("draft", None)


def test_what_came_in_time_stays_in_time_when_it_is_returned(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        proposal = world.proposal("submitted")
        returned = move(
            proposal, "return_to_author", by=world.person("tambon_secretary"), note="กรุณาแนบแบบแปลน"
        )

    with time_machine.travel(AFTER, tick=False):
        again = actions.submit_proposal(returned, by=world.person("village_head"))

    assert (again.state, again.call) == ("submitted", call)


def test_entry_of_another_year_or_province_is_not_refused(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        proposal = world.proposal(fiscal_year=YEAR + 1)
    elsewhere = make_holder("village_head", "45070401")

    with time_machine.travel(AFTER, tick=False):
        other_year = actions.submit_proposal(proposal, by=world.person("village_head"))
        need = actions.enter_need(
            actions.draft_need(make_area("45070401"), need_words(), by=elsewhere), by=elsewhere
        )

    assert (other_year.call, need.call) == (None, None)


def test_need_after_the_year_has_begun_is_not_late(world: World, call: Call) -> None:
    year_begins = datetime(YEAR - 543 - 1, 10, 1, tzinfo=BANGKOK)

    with time_machine.travel(year_begins, tick=False):
        need = enter(world)

    assert need.state == "entered"
    assert need.call is None


def sign(world: World, call: Call, **whom: object) -> CallException:
    until = CLOSES + timedelta(days=10)
    return actions.sign_exception(
        call, until=until, reason="น้ำท่วมทางขาด", by=world.person("provincial_head"), **whom
    )


@pytest.mark.parametrize("day", [1, 10, 11])
@pytest.mark.parametrize("area", [VILLAGE, "32070402", TAMBON, AMPHOE])
def test_exception_lets_in_its_place_up_to_its_last_day(
    world: World, call: Call, area: str, day: int
) -> None:
    with time_machine.travel(INSIDE, tick=False):
        sign(world, call, area=make_area(area))
    moment = datetime(2026, 12, day, 23, 59, 59, tzinfo=BANGKOK)

    with time_machine.travel(moment, tick=False):
        if day <= 10 and VILLAGE.startswith(area):
            need = enter(world)
            assert need.call == call
            assert call.answers.get(area=VILLAGE).answered_at == moment
        else:
            with pytest.raises(Refused, match="comes late"):
                enter(world)


def test_exception_for_an_agency_lets_in_its_own_projects_only(world: World, call: Call) -> None:
    other = make_agency(PROVINCE)
    officer = make_holder("agency_officer", PROVINCE, agency=other)
    with time_machine.travel(INSIDE, tick=False):
        sign(world, call, agency=world.agency)
        own = world.own_project()
        foreign = actions.propose_as_agency(other, world.village, actions_words(own.fiscal_year), by=officer)

    with time_machine.travel(AFTER, tick=False):
        submitted = actions.submit_own_project(own, by=world.person("agency_officer"))
        with pytest.raises(Refused, match="comes late"):
            actions.submit_own_project(foreign, by=officer)
        with pytest.raises(Refused, match="comes late"):
            enter(world)

    assert submitted.call == call


def actions_words(fiscal_year: int) -> actions.ProposalWords:

    return replace(proposal_words(), fiscal_year=fiscal_year)


def test_exception_is_recorded_without_its_words(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        exception = sign(world, call, area=world.village)

    entry = Entry.objects.get(kind="planning.call.exception")
    assert entry.after == {
        "exception": exception.pk,
        "area": VILLAGE,
        "agency": None,
        "until": "2026-12-10",
    }


def test_extended_call_takes_entries_again(world: World, call: Call) -> None:
    with time_machine.travel(AFTER, tick=False):
        actions.extend_planning_call(call, date(2026, 12, 1), by=world.person("provincial_head"))
        need = enter(world)

    assert need.call == call
    entry = Entry.objects.get(kind="agencies.call.extend")
    assert (entry.before, entry.after) == ({"closes": "2026-11-30"}, {"closes": "2026-12-01"})


@pytest.mark.parametrize("closes", [CLOSES, CLOSES - timedelta(days=1)])
def test_call_is_never_made_shorter(world: World, call: Call, closes: date) -> None:
    with time_machine.travel(INSIDE, tick=False), pytest.raises(Refused, match="longer"):
        actions.extend_planning_call(call, closes, by=world.person("provincial_head"))


def test_terms_change_until_somebody_has_answered(world: World, call: Call) -> None:
    head, issue = world.person("provincial_head"), make_issue()
    with time_machine.travel(INSIDE, tick=False):
        actions.change_terms(call, actions.TermsWords("ใหม่", issues=[issue]), by=head)
        enter(world)

        with pytest.raises(Refused, match="answered already"):
            actions.change_terms(call, actions.TermsWords("สายไป"), by=head)

    terms = CallTerms.objects.get()
    assert (terms.note, list(terms.issues.all())) == ("ใหม่", [issue])


def test_nothing_to_report_answers_and_is_taken_back(world: World, call: Call) -> None:
    head, answer = world.person("village_head"), call.answers.get(area=VILLAGE)
    with time_machine.travel(INSIDE, tick=False):
        actions.report_nothing(answer, "แก้ครบแล้วเมื่อปีก่อน", by=head)
        assert VILLAGE not in unanswered(call)

        actions.take_back_nothing(answer, by=head)

    assert VILLAGE in unanswered(call)
    assert NothingToReport.objects.count() == 0
    assert [entry.kind for entry in Entry.objects.filter(kind__contains=".call.").order_by("pk")][-3:] == [
        "agencies.call.answer",
        "planning.call.nothing",
        "agencies.call.unanswer",
    ]


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_to_report_needs_a_reason(world: World, call: Call, reason: str) -> None:
    answer = call.answers.get(area=VILLAGE)

    with time_machine.travel(INSIDE, tick=False), pytest.raises(Refused, match="why"):
        actions.report_nothing(answer, reason, by=world.person("village_head"))

    assert VILLAGE in unanswered(call)


def test_need_takes_the_place_of_nothing_to_report(world: World, call: Call) -> None:
    head, answer = world.person("village_head"), call.answers.get(area=VILLAGE)
    with time_machine.travel(INSIDE, tick=False):
        actions.report_nothing(answer, "ไม่มี", by=head)
        actions.enter_need(draft(world), by=head)

    assert VILLAGE not in unanswered(call)
    assert NothingToReport.objects.count() == 0


def test_head_of_another_village_cannot_answer_for_this_one(world: World, call: Call) -> None:
    other = make_holder("village_head", "32070402")

    with time_machine.travel(INSIDE, tick=False), pytest.raises(Refused):
        actions.report_nothing(call.answers.get(area=VILLAGE), "ไม่มี", by=other)


def make_kind(code: str = "building") -> ProjectKind:
    return ProjectKind.objects.get_or_create(
        code=code, defaults={"name_th": "สิ่งก่อสร้าง", "name_en": "Building"}
    )[0]


def test_missing_files_are_named_when_a_proposal_is_submitted(world: World) -> None:
    kind = make_kind()
    make_call(world, words=actions.TermsWords(kinds={kind: ["drawing", "land_permission", "photograph"]}))
    proposal = world.proposal(kind=kind)
    Attachment.objects.create(proposal=proposal, file=make_file(), kind="photograph", name="ภาพ")

    with pytest.raises(Refused) as refusal:
        actions.submit_proposal(proposal, by=world.person("village_head"))

    assert str(Attachment.Kind.DRAWING.label) in str(refusal.value)
    assert str(Attachment.Kind.LAND_PERMISSION.label) in str(refusal.value)
    assert str(Attachment.Kind.PHOTOGRAPH.label) not in str(refusal.value)


def test_proposal_of_a_kind_that_is_not_asked_is_refused(world: World) -> None:
    make_call(world, words=actions.TermsWords(kinds={make_kind(): []}))
    proposal = world.proposal(kind=make_kind("training"))

    with pytest.raises(Refused, match="kinds of project"):
        actions.submit_proposal(proposal, by=world.person("village_head"))


def test_proposal_with_all_files_is_submitted(world: World) -> None:
    kind = make_kind()
    call = make_call(world, words=actions.TermsWords(kinds={kind: ["drawing"]}))
    proposal = world.proposal(kind=kind)
    Attachment.objects.create(proposal=proposal, file=make_file(), kind="drawing", name="แบบ")

    submitted = actions.submit_proposal(proposal, by=world.person("village_head"))

    assert submitted.call == call
    assert asked_so_far(call) == submitted.budget_asked


def test_unanswered_and_numbers_equal_a_slow_count(world: World, call: Call) -> None:
    for code in ("32070403", "32070501", "32080101"):
        call.answers.create(area=make_area(code))
    done = set(call.answers.order_by("pk").values_list("pk", flat=True)[::2])
    call.answers.filter(pk__in=done).update(answered_at=datetime(2026, 11, 2, tzinfo=BANGKOK))
    rows = list(call.answers.select_related("area"))
    analyst = world.person("analyst")

    answers = answers_for(analyst, call)

    assert {row.pk for row in answers if row.answered_at is None} == {row.pk for row in rows} - done
    for code in (PROVINCE, "3207", "3208", TAMBON):
        area = Area.objects.get(pk=code)
        slow = {}
        for row in rows:
            if row.area_id and row.area_id.startswith(code) and len(row.area_id) > len(code):
                asked, given = slow.get(row.area_id[: len(code) + 2], (0, 0))
                slow[row.area_id[: len(code) + 2]] = (asked + 1, given + (row.pk in done))
        found = progress_below(answers, area)
        assert {each.area.pk: (each.asked, each.answered) for each in found} == slow
    kinds = progress_by_kind(answers)
    assert sum(each.asked for each in kinds.values()) == len(rows)
    assert sum(each.answered for each in kinds.values()) == len(done)


def test_officers_of_a_part_see_its_answers_only(world: World, call: Call) -> None:
    call.answers.create(area=make_area("32080101"))
    own = [answer.area_id for answer in answers_for(world.person("amphoe_secretary"), call)]
    head = [answer.area_id for answer in answers_for(world.person("village_head"), call)]
    officer = [answer.agency_id for answer in answers_for(world.person("agency_officer"), call)]

    assert own == [TAMBON, VILLAGE, "32070402"]
    assert head == [VILLAGE]
    assert officer == [world.agency.pk]
    assert list(answers_for(None, call)) == []


def test_answer_is_owed_by_who_holds_the_very_post(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        owed = {
            role: [answer.area_id or answer.agency_id for answer in answers_owed_by(world.person(role))]
            for role in ("village_head", "kamnan", "amphoe_secretary", "agency_officer", "analyst")
        }
    with time_machine.travel(AFTER, tick=False):
        later = list(answers_owed_by(world.person("village_head")))

    assert owed == {
        "village_head": [VILLAGE],
        "kamnan": [TAMBON],
        "amphoe_secretary": [],
        "agency_officer": [world.agency.pk],
        "analyst": [],
    }
    assert later == []
