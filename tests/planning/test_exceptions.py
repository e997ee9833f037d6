"""Exceptions from a call, withdrawn and sent twice; and the files that a call asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import translation

from prasan.agencies.models import Call
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.planning import actions
from prasan.planning.models import Attachment, CallException, ProjectKind
from prasan.planning.queries import answers_owed_by, exceptions_of, kinds_asked
from tests.at_once import at_once
from tests.factories.agencies import make_area, make_holder
from tests.factories.documents import make_file
from tests.factories.planning import AMPHOE, VILLAGE, World, make_call, need_words

pytestmark = pytest.mark.django_db

OPENS, CLOSES, UNTIL = date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 10)
INSIDE = "2026-11-15T12:00:00+07:00"
AFTER = "2026-12-05T12:00:00+07:00"
KEY = UUID("0b6f8f6e-6c5b-4f0e-9d53-0a4a6b1b2c3d")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def call(world: World) -> Call:
    with time_machine.travel("2026-10-20T09:00:00+07:00", tick=False):
        return make_call(world, opens=OPENS, closes=CLOSES)


def sign(world: World, call: Call, **fields: object) -> CallException:
    told = {"area": world.village, "until": UNTIL, "reason": "น้ำท่วม", **fields}
    return actions.sign_exception(call, by=told.pop("by", world.person("provincial_head")), **told)


def enter(world: World):
    head = world.person("village_head")
    return actions.enter_need(actions.draft_need(world.village, need_words(), by=head), by=head)


def test_withdrawn_exception_lets_nobody_in_and_what_came_in_stays(world: World, call: Call) -> None:
    with time_machine.travel(AFTER, tick=False):
        exception = sign(world, call)
        came_in = enter(world)
        withdrawn = actions.withdraw_exception(exception, by=world.person("provincial_head"))

        with pytest.raises(Refused, match="comes late"):
            enter(world)

    came_in.refresh_from_db()
    assert came_in.call == call
    assert withdrawn.withdrawn_by == world.person("provincial_head")
    assert list(exceptions_of(call)) == [exception]
    entry = Entry.objects.get(kind="planning.call.exception_withdrawn")
    assert (entry.subject_id, entry.after) == (
        str(call.pk),
        {"exception": exception.pk, "area": VILLAGE, "agency": None},
    )


def test_answer_is_owed_no_more_once_its_exception_is_withdrawn(world: World, call: Call) -> None:
    head = world.person("village_head")
    with time_machine.travel(AFTER, tick=False):
        exception = sign(world, call)
        before = [answer.area_id for answer in answers_owed_by(head)]
        actions.withdraw_exception(exception, by=world.person("provincial_head"))
        after = list(answers_owed_by(head))

    assert (before, after) == ([VILLAGE], [])


def test_exception_around_the_withdrawn_one_still_lets_in(world: World, call: Call) -> None:
    with time_machine.travel(AFTER, tick=False):
        exception = sign(world, call)
        sign(world, call, area=make_area(AMPHOE))
        actions.withdraw_exception(exception, by=world.person("provincial_head"))

        assert enter(world).call == call


def test_exception_is_withdrawn_once(world: World, call: Call) -> None:
    head = world.person("provincial_head")
    with time_machine.travel(AFTER, tick=False):
        exception = sign(world, call)
        actions.withdraw_exception(exception, by=head)
        with pytest.raises(Refused, match="already"):
            actions.withdraw_exception(exception, by=head)

    assert Entry.objects.filter(kind="planning.call.exception_withdrawn").count() == 1


@pytest.mark.parametrize("role", ["village_head", "amphoe_secretary", "analyst", "governor"])
def test_only_who_keeps_the_call_withdraws(world: World, call: Call, role: str) -> None:
    with time_machine.travel(AFTER, tick=False):
        exception = sign(world, call)
        for person in (world.person(role), make_holder("provincial_head", "45")):
            with pytest.raises(Refused):
                actions.withdraw_exception(exception, by=person)

    exception.refresh_from_db()
    assert exception.withdrawn_at is None


def test_exception_sent_twice_is_one(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        first = sign(world, call, form_key=KEY)
        again = sign(world, call, form_key=KEY, reason="อย่างอื่น")
        others = {sign(world, call, form_key=key).pk for key in (uuid4(), None, None)}

    assert (again, again.reason) == (first, "น้ำท่วม")
    assert len(others | {first.pk}) == CallException.objects.count() == 4
    assert Entry.objects.filter(kind="planning.call.exception").count() == 4


def test_key_of_somebody_elses_exception_is_refused(world: World, call: Call) -> None:
    with time_machine.travel(INSIDE, tick=False):
        sign(world, call, form_key=KEY)
        with pytest.raises(Refused, match="open it anew"):
            sign(world, call, form_key=KEY, by=make_holder("provincial_head", "32"))

    assert CallException.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_exception_sent_at_once_is_one() -> None:
    world = World()
    call = make_call(world)
    until = call.closes.replace(year=call.closes.year + 1)

    given = at_once(*[lambda: sign(world, call, form_key=KEY, until=until)] * 3)

    assert {each.pk for each in given if isinstance(each, CallException)} == {CallException.objects.get().pk}
    assert [each for each in given if isinstance(each, Refused)] == []


def make_kind(code: str, name: str) -> ProjectKind:
    return ProjectKind.objects.get_or_create(code=code, defaults={"name_th": name, "name_en": name})[0]


def test_files_asked_tell_which_are_missing_for_the_chosen_kind(world: World) -> None:
    building, training = make_kind("building", "ก่อสร้าง"), make_kind("training", "อบรม")
    words = actions.TermsWords(kinds={building: ["drawing", "photograph"], training: []})
    call = make_call(world, words=words)
    proposal = world.proposal(kind=building)
    Attachment.objects.create(proposal=proposal, file=make_file(), kind="photograph", name="ภาพ")

    found = kinds_asked(call, proposal)
    otherwise = kinds_asked(call, proposal, kind=training.pk)

    drawing = str(Attachment.Kind.DRAWING.label)
    assert [(each.kind, each.is_chosen, each.missing) for each in found] == [
        (building, True, [drawing]),
        (training, False, []),
    ]
    assert [(each.kind, each.is_chosen) for each in otherwise] == [(training, True), (building, False)]
    assert sorted(len(each.missing) for each in kinds_asked(call)) == [0, 2]


def test_what_is_told_missing_is_what_submitting_refuses(world: World) -> None:
    building = make_kind("building", "ก่อสร้าง")
    call = make_call(world, words=actions.TermsWords(kinds={building: ["drawing", "land_permission"]}))
    proposal = world.proposal(kind=building)
    for kind in ("drawing", "land_permission"):
        missing = kinds_asked(call, proposal)[0].missing
        with pytest.raises(Refused) as refusal:
            actions.submit_proposal(proposal, by=world.person("village_head"))
        assert all(label in str(refusal.value) for label in missing)
        Attachment.objects.create(proposal=proposal, file=make_file(), kind=kind, name=kind)

    assert kinds_asked(call, proposal)[0].missing == []
    assert actions.submit_proposal(proposal, by=world.person("village_head")).state == "submitted"
