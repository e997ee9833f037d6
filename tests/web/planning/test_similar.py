"""What is like the need or proposal that is being written, beside its form."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.planning import actions
from prasan.planning.models import Proposal
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import TAMBON, make_sector, need_words

POND = "ขุดลอกหนองน้ำสาธารณะ"
NEW = reverse("planning:need-similar")
SAME = "มีเรื่องใดข้างล่างนี้เป็นเรื่องเดียวกันหรือไม่"


def typed(world, **fields):
    return {"title": POND, "area": world.village.pk, "sector": make_sector().pk, **fields}


def neighbours_need(number=88, **fields):
    head = make_holder("village_head", f"{TAMBON}{number}")
    need = actions.draft_need(make_area(f"{TAMBON}{number}"), need_words(title=POND, **fields), by=head)
    return actions.enter_need(need, by=head)


def shown(answer):
    return answer.content.decode()


def test_need_of_the_own_village_is_shown_while_another_is_written(world, browser):
    need = world.need(title=POND)

    answer = browser("village_head").post(NEW, typed(world))

    assert answer.status_code == 200
    assert shown(answer).count("<li") == 1
    assert f'href="/needs/{need.pk}/" target="_blank" rel="noopener">{POND}<' in shown(answer)
    assert SAME in shown(answer)
    assert "<html" not in shown(answer)


def test_need_of_another_village_is_not_shown_to_the_village_head(world, browser):
    neighbours_need()

    assert shown(browser("village_head").post(NEW, typed(world))).strip() == ""
    assert POND in shown(browser("kamnan").post(NEW, typed(world)))


def test_secretary_is_led_to_the_board_where_they_are_joined(world, browser):
    neighbours_need()
    board = f'href="{reverse("planning:board", args=[TAMBON])}"'

    assert board in shown(browser("tambon_secretary").post(NEW, typed(world)))
    assert board not in shown(browser("kamnan").post(NEW, typed(world)))


def test_distance_is_told_where_there_is_a_point(world, browser):
    world.need(title=POND, latitude=15.201, longitude=103.5)

    answer = browser("village_head").post(NEW, typed(world, point_latitude="15.2", point_longitude="103.5"))

    assert "ห่าง 111 เมตร" in shown(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": " \u200b\n"},
        {"title": "ก" * 5000},
        {"title": "\x00"},
        {"area": "99999999"},
        {"area": ""},
        {"area": "\x00"},
    ],
)
def test_what_cannot_be_read_yet_finds_nothing(world, browser, fields):
    world.need(title=POND)

    answer = browser("village_head").post(NEW, typed(world, **fields))

    assert (answer.status_code, shown(answer).strip()) == (200, "")


@pytest.mark.parametrize("fields", [{"sector": "x"}, {"point_latitude": "15"}, {"households": "many"}])
def test_a_fault_in_another_field_does_not_hide_what_is_alike(world, browser, fields):
    world.need(title=POND)

    assert POND in shown(browser("village_head").post(NEW, typed(world, **fields)))


def test_words_of_somebody_are_shown_as_words(world, browser):
    world.need(title=f"{POND}<script>alert(1)</script>")

    answer = shown(browser("village_head").post(NEW, typed(world)))

    assert "&lt;script&gt;" in answer
    assert "<script" not in answer


def test_nothing_is_kept_of_the_words(world, browser):
    client = browser("village_head")
    client.get("/needs/new/")

    with CaptureQueriesContext(connection) as taken:
        client.post(NEW, typed(world))

    written = [query["sql"] for query in taken if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "usersession" not in sql] == []


@pytest.mark.parametrize("name", ["need-similar", "proposal-similar", "own-project-similar"])
def test_words_never_stand_in_an_address(world, browser, name):
    assert browser("village_head").get(reverse(f"planning:{name}"), typed(world)).status_code == 405


def test_who_enters_no_needs_has_no_form_of_one(world, browser):
    assert browser("governor").post(NEW, typed(world)).status_code == 404
    assert browser("village_head").post(reverse("planning:own-project-similar"), {}).status_code == 404


def test_one_and_three_take_as_many_queries(world, browser):
    client = browser("kamnan")
    client.post(NEW, typed(world))
    counted = []
    for number in (81, 82, 83):
        neighbours_need(number)
        with CaptureQueriesContext(connection) as taken:
            assert client.post(NEW, typed(world)).status_code == 200
        counted.append(len(taken))

    assert counted[0] == counted[1] == counted[2] <= 14


def test_form_that_is_wrong_comes_back_with_what_is_similar(world, browser):
    need = world.need(title=POND)

    answer = browser("village_head").post("/needs/new/", typed(world, households="many"))

    assert answer.status_code == 422
    assert f'href="/needs/{need.pk}/"' in shown(answer)


@pytest.mark.parametrize("address", ["/needs/{}/", "/needs/{}/edit/"])
def test_draft_shows_what_is_similar_but_not_itself(world, browser, address):
    need, draft = world.need(title=POND), world.need("draft", title=POND)

    answer = browser("village_head").get(address.format(draft.pk))

    assert SAME in shown(answer)
    assert f'href="/needs/{need.pk}/" target' in shown(answer)
    assert f'href="/needs/{draft.pk}/" target' not in shown(answer)


def test_need_that_was_entered_is_shown_without(world, browser):
    world.need(title=POND)

    assert SAME not in shown(browser("village_head").get(f"/needs/{world.need(title=POND).pk}/"))


def test_edited_need_is_not_like_itself(world, browser):
    draft = world.need("draft", title=POND)
    address = reverse("planning:need-edit-similar", args=[draft.pk])

    assert shown(browser("village_head").post(address, typed(world))).strip() == ""
    assert browser("analyst").post(address, typed(world)).status_code == 404


def test_forms_ask_for_the_similar_after_a_pause(world, browser):
    need, proposal = world.need("draft"), world.proposal("draft")
    head, officer = browser("village_head"), browser("agency_officer")
    pages = {
        "need-similar": head.get("/needs/new/", follow=True),
        "need-edit-similar": head.get(f"/needs/{need.pk}/edit/"),
        "proposal-similar": head.get(f"/proposals/new/?need={world.need().pk}", follow=True),
        "proposal-edit-similar": head.get(f"/proposals/{proposal.pk}/edit/"),
        "own-project-similar": officer.get("/proposals/own/", follow=True),
    }

    for name, page in pages.items():
        arguments = {"need-edit-similar": [need.pk], "proposal-edit-similar": [proposal.pk]}.get(name, [])
        address = reverse(f"planning:{name}", args=arguments)
        assert f'<div aria-live="polite" hx-post="{address}" hx-trigger="input from:#id_' in shown(page)
        assert "delay:800ms" in shown(page)


def test_proposal_is_compared_without_the_needs_it_answers(world, browser):
    answered, other = world.need(title=POND), world.need(title=POND)
    typed_so_far = {"name": POND, "sector": make_sector().pk, "needs": [answered.pk]}

    answer = shown(browser("village_head").post(reverse("planning:proposal-similar"), typed_so_far))

    assert f'href="/needs/{other.pk}/"' in answer
    assert f'href="/needs/{answered.pk}/"' not in answer


def test_draft_of_a_proposal_shows_what_is_similar(world, browser):
    other = world.proposal("submitted", name=POND)
    draft = world.proposal("draft", name=POND, needs=[world.need(title="ประปา", sector=make_sector("other"))])

    page = shown(browser("village_head").get(f"/proposals/{draft.pk}/"))
    fragment = shown(
        browser("village_head").post(
            reverse("planning:proposal-edit-similar", args=[draft.pk]), {"name": POND}
        )
    )

    for answer in (page, fragment):
        assert f'href="/proposals/{other.pk}/" target' in answer
        assert f'href="/proposals/{draft.pk}/" target' not in answer


def test_proposal_of_another_area_has_no_form(world):
    draft = world.proposal("included")
    stranger = Client()
    stranger.force_login(make_holder("village_head", "45010101"))

    answer = stranger.post(reverse("planning:proposal-edit-similar", args=[draft.pk]), {"name": POND})

    assert answer.status_code == 404


def test_own_project_is_compared_in_the_area_that_is_typed(world, browser):
    proposal = world.proposal("forwarded", name=POND)
    client = browser("agency_officer")

    found = [
        shown(client.post(reverse("planning:own-project-similar"), {"name": POND, "area": area}))
        for area in (TAMBON, "", "ไม่มีที่นี่")
    ]

    assert Proposal.objects.get(name=POND) == proposal
    assert [f'href="/proposals/{proposal.pk}/"' in answer for answer in found] == [True, False, False]
