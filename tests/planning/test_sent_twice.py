"""A form of a need or a proposal that is sent twice is one act, whatever comes between."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.planning import actions, rules
from prasan.planning.models import Need, Proposal
from tests.at_once import meeting
from tests.factories.agencies import make_holder
from tests.factories.planning import World, need_words, proposal_words

KEY = UUID("0b6f8f6e-6c5b-4f0e-9d53-0a4a6b1b2c3d")


def tell(world: World, *, role: str = "village_head", key: UUID | None = KEY, **fields: object) -> Need:
    return actions.draft_need(world.village, need_words(**fields), by=world.person(role), form_key=key)


def propose(world: World, needs: list[Need], *, role: str = "village_head") -> Proposal:
    return actions.propose_from_needs(needs, proposal_words(), by=world.person(role), form_key=KEY)


def test_need_sent_again_is_the_need_that_is_there(world: World) -> None:
    first = tell(world, title="ขุดลอกสระน้ำ")
    entries = Entry.objects.count()

    again = tell(world, title="ขุดลอกสระน้ำ")

    assert (again, Need.objects.count(), Entry.objects.count()) == (first, 1, entries)


def test_need_sent_again_is_given_as_it_stands_after_it_has_gone_on(world: World) -> None:
    need = move(tell(world, title="ขุดลอกสระน้ำ"), "enter", by=world.person("village_head"))
    world.proposal("submitted", needs=[need])

    again = tell(world, title="อย่างอื่น")

    assert (again.pk, again.state, again.title) == (need.pk, "answered", "ขุดลอกสระน้ำ")


def test_other_forms_and_forms_without_a_key_make_needs_of_their_own(world: World) -> None:
    made = {tell(world, key=key).pk for key in (KEY, uuid4(), None, None)}

    assert len(made) == 4


def test_refused_form_can_be_put_right_and_sent_with_its_key(world: World) -> None:
    with pytest.raises(Refused):
        tell(world, title=" ")

    assert tell(world).form_key == KEY


def test_key_of_somebody_else_is_refused_in_the_words_of_a_form_that_cannot_be_sent(world: World) -> None:
    need = tell(world, title="เรื่องของผู้ใหญ่บ้าน")

    with pytest.raises(Refused) as refused:
        tell(world, role="kamnan")

    assert str(refused.value) == "ส่งแบบฟอร์มนี้อีกไม่ได้ กรุณาเปิดแบบฟอร์มใหม่แล้วกรอกอีกครั้ง"
    assert list(Need.objects.all()) == [need]


def test_who_has_no_right_learns_nothing_from_a_key(world: World) -> None:
    tell(world)

    with pytest.raises(Refused) as refused:
        actions.draft_need(
            world.village, need_words(), by=make_holder("village_head", "45010101"), form_key=KEY
        )

    assert str(refused.value) == str(rules.ENTER_NEED.reason)


def test_proposal_sent_again_is_the_proposal_that_is_there_though_its_needs_are_answered(
    world: World,
) -> None:
    need = world.need()
    proposal = actions.submit_proposal(propose(world, [need]), by=world.person("village_head"))

    again = propose(world, [need])

    assert (again, again.state, Proposal.objects.count()) == (proposal, "submitted", 1)


def test_proposal_sent_again_is_given_as_it_stands_after_it_has_gone_on(world: World) -> None:
    proposal = world.proposal("included")
    Proposal.objects.filter(pk=proposal.pk).update(form_key=KEY)

    again = propose(world, list(proposal.needs.all()))

    assert (again, again.state) == (proposal, "included")


def test_key_of_a_proposal_of_somebody_else_is_refused(world: World) -> None:
    proposal = propose(world, [world.need()])

    with pytest.raises(Refused) as refused:
        propose(world, [world.need()], role="kamnan")

    assert "กรุณาเปิดแบบฟอร์มใหม่" in str(refused.value)
    assert list(Proposal.objects.all()) == [proposal]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_form_of_a_need_sent_twice_at_once_makes_one_need() -> None:
    world = World()
    world.person("village_head")

    told = meeting(*(lambda: tell(world) for _turn in range(2)))

    assert told == (Need.objects.get(),) * 2
    assert [entry.kind for entry in Entry.objects.all()] == ["planning.need.begin"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_form_of_a_proposal_sent_twice_at_once_makes_one_proposal() -> None:
    world = World()
    needs = [world.need(), world.need()]

    written = meeting(*(lambda: propose(world, needs) for _turn in range(2)))

    proposal = Proposal.objects.get()
    assert written == (proposal, proposal)
    assert set(proposal.needs.all()) == set(needs)
