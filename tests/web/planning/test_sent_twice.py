"""A form sent twice, by a double click, the way back or after a lost signal, is one act with one answer."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from prasan.cases.actions import move
from prasan.ledger.models import Entry
from prasan.planning import actions
from prasan.planning.models import Attachment, Need, Proposal
from tests.at_once import meeting
from tests.factories.agencies import make_area, make_holder
from tests.factories.documents import picture
from tests.factories.planning import TAMBON, World, make_sector, need_words

TOLD = "แบบฟอร์มนี้ส่งแล้ว ระบบบันทึกไว้เพียงครั้งเดียว หากต้องการบันทึกเรื่องอื่น กรุณาเปิดแบบฟอร์มใหม่"

NEXT_VILLAGE = f"{TAMBON}88"


def key_shown(client, address):
    return str(client.get(address, follow=True).context["form"]["form_key"].value())


def need_typed(world, key, **typed):
    return {
        "title": "ขุดลอกสระน้ำ",
        "area": world.village.pk,
        "sector": make_sector().pk,
        "households": "40",
        "taken": SimpleUploadedFile("pond.jpg", picture().read(), "image/jpeg"),
        "form_key": key,
        **typed,
    }


def proposal_typed(need, key, **typed):
    return {
        "needs": [need.pk],
        "name": "ขุดลอกสระน้ำ",
        "sector": make_sector().pk,
        "fiscal_year": "2571",
        "rationale": "น้ำไม่พอใช้",
        "objective": "มีน้ำใช้ตลอดปี",
        "budget_asked": "500,000",
        "form_key": key,
        **typed,
    }


def sent_twice_at_once(person, address, *sendings):
    """Where the two sendings lead and what the second is told, each from a browser of its own."""
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(person)
    first, second = meeting(
        *(
            lambda client=client, typed=typed: client.post(address, typed)
            for client, typed in zip(clients, sendings, strict=True)
        )
    )
    told = [str(message) for message in get_messages(second.wsgi_request)]
    return [answer.headers.get("Location") for answer in (first, second)], told


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def neighbour():
    """A village head of the same tambon, who may see nothing of the other village."""
    return make_holder("village_head", NEXT_VILLAGE)


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def test_every_form_shown_has_a_key_of_its_own_and_keeps_it_when_it_comes_back(world, browser):
    client = browser("village_head")
    first, second = key_shown(client, "/needs/new/"), key_shown(client, "/needs/new/")

    again = client.post("/needs/new/", need_typed(world, first, title=""))

    assert first != second
    assert again.status_code == 422
    assert again.context["form"]["form_key"].value() == first


def test_need_sent_again_is_answered_alike_and_entered_once_with_its_photograph(world, browser):
    client = browser("village_head")
    key = key_shown(client, "/needs/new/")

    first = client.post("/needs/new/", need_typed(world, key))
    again = client.post("/needs/new/", need_typed(world, key), follow=True)

    need = Need.objects.get()
    assert again.redirect_chain == [(first.headers["Location"], first.status_code)]
    assert (need.state, need.attachments.count()) == ("entered", 1)
    assert kinds() == ["planning.need.begin", "planning.attachment.added", "planning.need.enter"]
    assert TOLD in [str(message) for message in again.context["messages"]]


def test_way_back_to_a_form_that_was_sent_leads_on_to_what_it_made(world, browser):
    client, need = browser("village_head"), world.need()
    opened = client.get(f"/proposals/new/?need={need.pk}").headers["Location"]
    key = client.get(opened).context["form"]["form_key"].value()
    client.post(opened, proposal_typed(need, key))

    back = client.get(opened)

    assert opened == f"/proposals/new/?need={need.pk}&form_key={key}"
    assert back.headers["Location"] == f"/proposals/{Proposal.objects.get().pk}/"


def test_need_sent_again_after_it_was_taken_back_stays_as_it_is(world, browser):
    client, key = browser("village_head"), str(uuid4())
    client.post("/needs/new/", need_typed(world, key))
    move(Need.objects.get(), "take_back", by=world.person("village_head"))

    again = client.post("/needs/new/", need_typed(world, key, title=""))

    need = Need.objects.get()
    assert again.headers["Location"] == f"/needs/{need.pk}/"
    assert (need.state, need.title, need.attachments.count()) == ("draft", "ขุดลอกสระน้ำ", 1)


def test_need_whose_form_is_forged_is_refused_and_shows_nothing(world, browser):
    key = str(uuid4())
    browser("village_head").post("/needs/new/", need_typed(world, key, title="เรื่องของผู้ใหญ่บ้าน"))

    forged = browser_of(neighbour()).post("/needs/new/", need_typed(world, key, area=NEXT_VILLAGE))

    assert (forged.status_code, Need.objects.count(), Attachment.objects.count()) == (422, 1, 1)
    assert "ส่งแบบฟอร์มนี้อีกไม่ได้" in forged.content.decode()
    assert "เรื่องของผู้ใหญ่บ้าน" not in forged.content.decode()


@pytest.mark.parametrize("key", ["x", "0" * 31, "' OR 1=1", "\x00"])
def test_key_that_is_none_is_refused_in_words(world, browser, key):
    answer = browser("village_head").post("/needs/new/", need_typed(world, key))

    assert (answer.status_code, Need.objects.count()) == (422, 0)
    assert "ส่งแบบฟอร์มนี้อีกไม่ได้" in answer.content.decode()


def test_proposal_sent_again_is_answered_alike_though_no_need_waits_any_more(world, browser):
    client, need = browser("village_head"), world.need()
    key = key_shown(client, f"/proposals/new/?need={need.pk}")

    first = client.post("/proposals/new/", proposal_typed(need, key))
    again = client.post("/proposals/new/", proposal_typed(need, key))

    assert Proposal.objects.get().state == "submitted"
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert kinds().count("planning.proposal.submit") == 1


def test_proposal_whose_form_is_forged_is_refused_and_shows_nothing(world, browser):
    key = str(uuid4())
    browser("village_head").post("/proposals/new/", proposal_typed(world.need(), key, name="โครงการลับ"))

    head = neighbour()
    need = actions.draft_need(make_area(NEXT_VILLAGE), need_words(), by=head)
    need = actions.enter_need(need, by=head)

    forged = browser_of(head).post("/proposals/new/", proposal_typed(need, key))

    assert (forged.status_code, Proposal.objects.count()) == (422, 1)
    assert "ส่งแบบฟอร์มนี้อีกไม่ได้" in forged.content.decode()
    assert "โครงการลับ" not in forged.content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_need_sent_twice_at_once_is_one_need_and_is_answered_alike():
    world, key = World(), str(uuid4())

    led, told = sent_twice_at_once(
        world.person("village_head"), "/needs/new/", need_typed(world, key), need_typed(world, key)
    )

    assert (led, told) == ([f"/needs/{Need.objects.get().pk}/"] * 2, [TOLD])
    assert kinds() == ["planning.need.begin", "planning.attachment.added", "planning.need.enter"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_proposal_sent_twice_at_once_is_one_proposal_and_is_answered_alike():
    world, key = World(), str(uuid4())
    typed = proposal_typed(world.need(), key)

    led, told = sent_twice_at_once(world.person("village_head"), "/proposals/new/", typed, typed)

    assert (led, told) == ([f"/proposals/{Proposal.objects.get().pk}/"] * 2, [TOLD])
    assert kinds().count("planning.proposal.submit") == 1
