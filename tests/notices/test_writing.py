"""Who is told of what, in which words, and only once."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.agencies.actions import close_account
from prasan.awards.states import EDITION, ENTRY
from prasan.cases.actions import erase_note, move, remark
from prasan.cases.events import BEGIN
from prasan.cases.models import Note
from prasan.complaints import actions as complaint_actions
from prasan.complaints import events as complaint_events
from prasan.innovations.states import ORDER
from prasan.kernel.calendar import today
from prasan.kernel.events import event_of
from prasan.ledger.models import Entry
from prasan.notices.actions import write_letters
from prasan.notices.actions.writing import SEND, one_line
from prasan.notices.models import Letter, WithoutMail
from prasan.notices.occasions import OCCASIONS, REMINDER
from prasan.notices.queries import reason_in
from prasan.planning import actions
from prasan.planning.states import NEED, PROPOSAL, ROUTING
from tests.at_once import at_once
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting
from tests.factories.complaints import make_centre, make_complaint, make_referred
from tests.factories.notices import tell_all
from tests.factories.planning import PROVINCE, TAMBON, VILLAGE, World, make_call, need_words, proposal_words

pytestmark = pytest.mark.django_db


def to(letters: list[Letter]) -> list[str]:
    return sorted(letter.person.username for letter in letters)


def names(*people: object) -> list[str]:
    return sorted(person.username for person in people)  # type: ignore[attr-defined]


def queued() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [SEND])
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_every_occasion_is_a_kind_of_entry_that_exists() -> None:
    flows = (NEED, PROPOSAL, ROUTING, ORDER, EDITION, ENTRY)
    steps = {flow.event(step) for flow in flows for step in flow.steps} | {f"{ORDER.code}.{BEGIN}"}

    unknown = [kind for kind in (*OCCASIONS, REMINDER.kind) if kind not in steps and event_of(kind) is None]

    assert unknown == []


def test_every_step_that_asks_for_a_reason_is_told_or_left_out_on_purpose() -> None:
    left_out = {
        "planning.need.withdraw",  # by its own author
        "planning.need.bring_back",
        "planning.need.reopen",  # follows from an act on a proposal that is told
        "planning.proposal.withdraw_own",
        "planning.proposal.reconsider",  # between committees, before any answer
        "planning.proposal.dissolve",
        "planning.proposal.take_back",
        "planning.proposal.recall",
        "planning.proposal.reroute",
        "planning.proposal.reclassify",
        "planning.proposal.unrank",
        "planning.routing.take_back",  # the proposal's own entry tells
        "planning.routing.reopen",
        "planning.routing.recall",
    }
    needing = {flow.event(s) for flow in (NEED, PROPOSAL, ROUTING) for s in flow.steps if s.needs_note}

    assert needing - set(OCCASIONS) == left_out


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("kind", [*OCCASIONS, REMINDER.kind])
def test_words_of_every_occasion_need_nothing_but_what_is_known(kind: str, language: str) -> None:
    occasion = OCCASIONS.get(kind, REMINDER)
    known = dict.fromkeys(
        (
            *("name", "step", "call", "agency", "year", "opens", "closes", "asked", "until", "days"),
            *("giver", "due"),
        ),
        "100%",
    )

    with translation.override(language):
        words = str(occasion.words) % known, str(occasion.title) % known

    assert all(words)


def test_call_is_told_to_those_posted_where_it_asks(world: World) -> None:
    asked = [world.person(role) for role in ("village_head", "kamnan", "tambon_secretary", "agency_officer")]
    others = [world.person(role) for role in ("amphoe_secretary", "analyst", "governor", "local_officer")]
    make_holder("village_head", "45070401")
    make_holder("village_head", VILLAGE, ends=date(2021, 1, 1))
    make_holder("village_head", VILLAGE, starts=today() + timedelta(days=1))
    call = make_call(world)

    letters = tell_all()

    assert to(letters) == names(*asked)
    assert not set(to(letters)) & set(names(*others))
    assert {(letter.call_id, letter.subject_id, letter.entry_id) for letter in letters} == {
        (call.pk, str(call.pk), None)
    }
    head = next(letter for letter in letters if letter.person == world.person("village_head"))
    assert world.village.title in head.words
    assert str(call.agency) in head.words


def test_who_keeps_the_call_is_not_told_of_his_own_act(world: World) -> None:
    head = world.person("provincial_head")
    make_holder("village_head", VILLAGE, person=head)
    make_call(world)

    assert tell_all() == []


def test_person_with_two_posts_gets_one_letter_that_names_both(world: World) -> None:
    kamnan = world.person("kamnan")
    make_holder("village_head", VILLAGE, person=kamnan)
    make_call(world)

    (letter,) = tell_all()

    assert world.village.title in letter.words
    assert make_area(TAMBON).title in letter.words


def test_listener_called_twice_writes_once_and_queues_once(world: World) -> None:
    world.person("village_head")
    make_call(world)
    entry = Entry.objects.get(kind="agencies.call.open")

    written = [write_letters(entry.pk) for _time in range(3)]

    assert (written, Letter.objects.count()) == ([1, 0, 0], 1)


def test_letters_of_a_call_are_queued_in_parcels(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prasan.notices.actions.writing.AT_ONCE", 2)
    for number in range(5):
        person = make_holder("agency_officer", PROVINCE, agency=world.agency)
        person.email = f"{number}@example.go.th"
        person.save()
    make_call(world)

    letters = tell_all()

    assert [len(args["letter_ids"]) for args in queued()] == [2, 2, 1]
    assert sorted(key for args in queued() for key in args["letter_ids"]) == [each.pk for each in letters]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_listener_called_at_once_by_two_workers_writes_once() -> None:
    world = World()
    world.person("village_head")
    make_call(world)
    entry = Entry.objects.get(kind="agencies.call.open")

    at_once(*[lambda: write_letters(entry.pk)] * 4)

    assert Letter.objects.count() == 1


def test_entry_that_is_gone_or_concerns_nobody_writes_nothing(world: World) -> None:
    world.need("draft")
    world.proposal("classified")
    Letter.objects.all().delete()

    written = [write_letters(entry.pk) for entry in Entry.objects.exclude(kind__in=OCCASIONS)]

    assert set(written) == {0}
    assert write_letters(10**12) == 0


AUTHOR_AND_NEEDER = [
    ("declined", "planning.proposal.decline", "ไม่มีงบประมาณ"),
    ("accepted", "planning.proposal.accept", ""),
    ("taken_up", "planning.proposal.local_accept", ""),
    ("refused", "planning.proposal.refuse", "ซ้ำกับโครงการอื่น"),
    ("reserve", "planning.proposal.reserve", "รองบประมาณ"),
    ("included", "planning.proposal.include", ""),
    ("merged", "planning.proposal.merge", "ซ้ำ"),
    ("split", "planning.proposal.split", "แยก"),
]


@pytest.mark.parametrize(("state", "kind", "reason"), AUTHOR_AND_NEEDER)
def test_author_is_told_with_the_public_reason(world: World, state: str, kind: str, reason: str) -> None:
    proposal = world.proposal(state)

    letters = [each for each in tell_all(kind=kind) if each.subject_id == str(proposal.pk)]

    assert to(letters) == names(world.person("village_head"))
    step = PROPOSAL.step(kind.rpartition(".")[2])
    with translation.override("th"):
        assert (letters[0].title, reason_in(letters[0])) == (f"{step.label}: {proposal.name}", reason)
    assert proposal.name in letters[0].words
    assert "เหตุผล" not in letters[0].words


def test_village_that_told_of_the_need_is_told_what_became_of_the_proposal(world: World) -> None:
    secretary, head = world.person("tambon_secretary"), world.person("village_head")
    from_list = actions.draft_need(make_area("32070402"), need_words(), by=make_holder("kamnan", TAMBON))
    needs = [world.need(), actions.enter_need(from_list, by=secretary)]
    twin = world.need()
    teller = make_holder("village_head", VILLAGE)
    joined = actions.enter_need(actions.draft_need(world.village, need_words(), by=teller), by=teller)
    actions.join_needs(joined, needs[0], by=secretary, note="เรื่องเดียวกัน")
    proposal = actions.propose_from_needs(needs, proposal_words(), by=secretary)
    proposal = actions.submit_proposal(proposal, by=secretary)
    move(proposal, "return_to_author", by=world.person("tambon_secretary"), note="กรุณาแนบแบบแปลน")

    letters = tell_all(kind="planning.proposal.")

    submitted = [each for each in letters if each.kind == "planning.proposal.submit"]
    returned = [each for each in letters if each.kind == "planning.proposal.return_to_author"]
    assert to(submitted) == to(returned) == names(head, teller, needs[1].created_by)
    assert twin.created_by == head


def test_internal_note_is_in_no_letter(world: World) -> None:
    proposal = world.proposal("forwarded")
    officer = world.person("agency_officer")
    move(world.lead(proposal), "receive", by=officer)
    actions.decline_routing(
        world.lead(proposal), by=officer, note="เกินวงเงิน", internal_note="ผู้ใหญ่บ้านคนนี้ขอทุกปี"
    )

    letters = tell_all(kind="planning.")

    told = "".join(f"{each.title}{each.words}{reason_in(each)}" for each in letters)
    assert "เกินวงเงิน" in told
    assert "ขอทุกปี" not in told


def test_letters_name_the_post_and_never_the_person_who_acted(world: World) -> None:
    world.proposal("declined")

    (letter,) = tell_all(kind="planning.proposal.decline")

    assert world.person("agency_officer").name not in letter.words
    assert str(world.agency) in letter.words


def test_erased_reason_is_gone_from_the_letter_too(world: World) -> None:
    world.proposal("declined")
    (letter,) = tell_all(kind="planning.proposal.decline")
    assert reason_in(letter) == "ไม่มีงบประมาณ"

    erase_note(Note.objects.get(entry_id=letter.entry_id), by=None)

    assert reason_in(letter) == ""


def test_helper_is_told_apart_from_the_lead_agency(world: World) -> None:
    helper = make_agency(PROVINCE)
    officer = make_holder("agency_officer", PROVINCE, agency=helper)
    proposal = world.proposal("amphoe_review")
    actions.forward_proposal(
        proposal, lead=world.agency, co_agencies=[helper], by=world.person("amphoe_secretary")
    )
    helping, leading = proposal.routings.get(is_lead=False), proposal.routings.get(is_lead=True)
    move(helping, "receive", by=officer)
    actions.decline_routing(helping, by=officer, note="ไม่มีเครื่องจักร")
    move(leading, "receive", by=world.person("agency_officer"))
    actions.accept_routing(leading, by=world.person("agency_officer"))

    told = [(each.kind, each.subject_id, reason_in(each)) for each in tell_all(kind="planning.")]

    assert told == [
        ("planning.routing.decline", str(proposal.pk), "ไม่มีเครื่องจักร"),
        ("planning.proposal.accept", str(proposal.pk), ""),
    ]


def test_returned_twice_is_told_twice(world: World) -> None:
    proposal, secretary = world.proposal("submitted"), world.person("tambon_secretary")
    for _time in range(2):
        returned = move(proposal, "return_to_author", by=secretary, note="แก้ไข")
        proposal = actions.submit_proposal(returned, by=world.person("village_head"))

    letters = tell_all(kind="planning.proposal.return_to_author")

    assert len(letters) == 2
    assert len({letter.entry_id for letter in letters}) == 2


def test_own_project_is_told_to_the_officer_who_wrote_it(world: World) -> None:
    officer = world.person("agency_officer")
    project = actions.submit_own_project(world.own_project(), by=officer)
    actions.refuse_proposal(project, by=world.person("governor"), note="เกินวงเงิน")

    letters = tell_all(kind="planning.proposal.refuse")

    assert to(letters) == names(officer)


def test_closed_account_gets_no_letter(world: World) -> None:
    world.proposal("declined")
    close_account(world.person("village_head"), by=None)

    assert tell_all() == []


def test_extension_goes_to_those_who_owe_an_answer(world: World) -> None:
    call = make_call(world)
    kamnan, officer = world.person("kamnan"), world.person("agency_officer")
    world.need()  # answers for the village
    actions.extend_planning_call(call, today() + timedelta(days=30), by=world.person("provincial_head"))

    letters = tell_all(kind="agencies.call.extend")

    assert to(letters) == names(kamnan, officer)


@pytest.mark.parametrize("whom", ["area", "agency"])
def test_exception_and_its_end_go_to_those_it_is_about(world: World, whom: str) -> None:
    call = make_call(world)
    head, officer = world.person("village_head"), world.person("agency_officer")
    make_holder("village_head", "32070402")
    one = {"area": world.village} if whom == "area" else {"agency": world.agency}
    until = today() + timedelta(days=30)
    exception = actions.sign_exception(
        call, until=until, reason="น้ำท่วม", by=world.person("provincial_head"), **one
    )
    actions.withdraw_exception(exception, by=world.person("provincial_head"))

    letters = tell_all(kind="planning.call.")

    expected = names(head if whom == "area" else officer)
    assert [to([each]) for each in letters] == [expected, expected]
    assert [each.kind for each in letters] == ["planning.call.exception", "planning.call.exception_withdrawn"]
    assert "น้ำท่วม" not in "".join(each.words for each in letters)


def test_each_reads_his_own_language(world: World) -> None:
    head, kamnan = world.person("village_head"), world.person("kamnan")
    head.language = "en"
    head.save()
    make_call(world)

    words = {letter.person: letter.words for letter in tell_all()}

    assert "asks for needs and proposals" in words[head]
    assert "เปิดรับปัญหา/ความต้องการ" in words[kamnan]


def test_how_a_letter_goes_is_settled_when_it_is_written(world: World, settings) -> None:
    people = [make_holder("agency_officer", PROVINCE, agency=world.agency) for _number in range(3)]
    for person in people[1:]:
        person.email = "officer@example.go.th"
        person.save()
    WithoutMail.objects.create(person=people[2])
    make_call(world)

    told = {letter.person: letter.dispatch for letter in tell_all()}
    settings.LETTERS_GO_BY = ""
    Letter.objects.all().delete()
    silent = {letter.dispatch for letter in tell_all()}

    assert [told[person] for person in people] == ["no_address", "waiting", "switched_off"]
    assert silent == {"no_mail"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_title_is_one_line_whatever_a_case_is_called(text: str) -> None:
    title = one_line(text)

    assert len(title) <= 200
    assert title == " ".join(title.split())
    assert not {unicodedata.category(letter) for letter in title} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_late_complaints_are_told_to_the_post_and_hurrying_to_whoever_owes_the_step() -> None:
    centre = make_centre()
    complaint, referral = make_referred(centre)
    entry = remark(
        complaint, complaint_events.ESCALATED, by=None, after={"days_late": 7, "rung": 7, "role": "governor"}
    )
    make_holder("governor", make_area("33"))

    assert write_letters(entry.pk) == 1
    assert write_letters(entry.pk) == 0
    letter = Letter.objects.get()
    assert (letter.person, complaint.number in letter.words, "7" in letter.words) == (
        centre.governor,
        True,
        True,
    )
    assert complaint.words not in letter.words

    colleague = make_holder("agency_officer", centre.agency.area, agency=centre.agency)
    for officer, told in ((None, [centre.handler, colleague]), (colleague, [colleague])):
        if officer is not None:
            complaint_actions.assign_officer(referral, officer, by=centre.handler)
        complaint_actions.urge(complaint, by=centre.governor, note="เร่ง")
        urged = Entry.objects.filter(kind=complaint_events.URGED).latest("pk")
        write_letters(urged.pk)
        assert to(Letter.objects.filter(entry_id=urged.pk)) == names(*told)
    assigned = Entry.objects.get(kind=complaint_events.OFFICER_ASSIGNED)
    assert (write_letters(assigned.pk), Letter.objects.get(entry_id=assigned.pk).person) == (1, colleague)

    complaint_actions.recall_complaint(complaint, by=centre.officer, note="เรียกกลับ")
    complaint_actions.urge(complaint, by=centre.governor, note="เร่ง")
    urged = Entry.objects.filter(kind=complaint_events.URGED).latest("pk")
    write_letters(urged.pk)
    assert to(Letter.objects.filter(entry_id=urged.pk)) == names(centre.officer)


def test_nobody_gets_a_letter_of_a_complaint_against_his_own_unit() -> None:
    centre = make_centre()
    complaint = make_complaint(kind="official", subject_agency=centre.agency)
    make_posting("agency_officer", person=centre.governor, agency=centre.agency)
    facts = {"days_late": 7, "rung": 7, "role": "governor"}

    entry = remark(complaint, complaint_events.ESCALATED, by=None, after=facts)

    assert write_letters(entry.pk) == 0
