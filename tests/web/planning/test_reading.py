"""Whoever decides on what has changed since he read it is told, and asked to look again."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from prasan.cases.actions import move
from prasan.planning import actions
from prasan.planning.models import Proposal
from tests.factories.planning import World, make_resolution, proposal_words

pytestmark = pytest.mark.django_db

REVISED = "ถูกปรับปรุงหลังจากท่านเปิดหน้านี้"
GONE_ON = "เดินหน้าไปแล้วหลังจากท่านเปิดหน้านี้"
CHANGED = "มีการเปลี่ยนแปลงหลังจากท่านเปิดหน้านี้"


def revise(world: World, proposal: Proposal) -> None:
    fresh = Proposal.objects.get(pk=proposal.pk)
    words = proposal_words(name=fresh.name, households=fresh.households + 1)
    actions.revise_proposal(fresh, words, by=world.person("village_head"))


def marks_on(page) -> list[str]:
    return re.findall(r'name="read" value="([^"]+)"', page.content.decode())


def links_on(page, part: str) -> list[str]:
    return [link for link in re.findall(r'href="([^"]+)"', page.content.decode()) if part in link]


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def address(proposal: Proposal, kind: str, code: str) -> str:
    return reverse(f"planning:proposal-{kind}", args=[proposal.pk, code])


def test_step_on_a_proposal_that_was_revised_is_told_and_goes_through_once_it_was_read(world, browser):
    proposal = world.proposal("submitted")
    client = browser("tambon_secretary")
    (mark,) = set(marks_on(client.get(f"/proposals/{proposal.pk}/")))
    revise(world, proposal)

    told = client.post(address(proposal, "step", "review"), {"read": mark})
    again = client.post(address(proposal, "step", "review"), {"read": marks_on(told)[0]})

    assert (told.status_code, REVISED in told.content.decode()) == (422, True)
    assert again.status_code == 302
    assert state_of(proposal) == "tambon_review"


def test_step_on_a_proposal_that_went_on_is_told(world, browser):
    proposal = world.proposal("accepted")
    client = browser("governor")
    mark = marks_on(client.get(f"/proposals/{proposal.pk}/"))[0]
    move(proposal, "reserve", by=world.person("governor"), note="รองบประมาณ")

    told = client.post(address(proposal, "act", "refuse"), {"read": mark, "note": "ซ้ำ"})

    assert GONE_ON in told.content.decode()
    assert state_of(proposal) == "reserve"


def test_form_of_a_step_opened_from_an_old_page_says_what_changed(world, browser):
    proposal = world.proposal("classified")
    client = browser("tambon_secretary")
    world.version()
    page = client.get(f"/proposals/{world.proposal('tambon_review').pk}/")
    link = links_on(page, "/acts/classify/")[0]
    fresh = client.get(link.replace("&amp;", "&"))
    other = Proposal.objects.get(state="tambon_review")

    revise(world, other)
    changed = client.get(link.replace("&amp;", "&"))

    assert CHANGED not in fresh.content.decode()
    assert CHANGED in changed.content.decode()
    assert marks_on(changed) == [f"{other.pk}-2.tambon_review"]
    assert proposal.state == "classified"


def test_answer_of_an_agency_on_revised_words_is_told_but_not_by_how_far_the_proposal_is(world, browser):
    proposal = world.proposal("forwarded")
    world._receive(proposal)
    routing = world.lead(proposal)
    client = browser("agency_officer")
    accept = reverse("planning:routing-act", args=[routing.pk, "accept"])
    (mark,) = marks_on(client.get(accept))
    revise(world, proposal)

    told = client.post(accept, {"read": mark, "note": ""})
    again = client.post(accept, {"read": marks_on(told)[0], "note": ""})

    assert (told.status_code, REVISED in told.content.decode()) == (422, True)
    assert (mark.endswith("."), again.status_code, state_of(proposal)) == (True, 302, "accepted")


def test_board_tells_whoever_ticks_what_was_revised(world, browser):
    first, second = world.proposal("submitted"), world.proposal("submitted")
    client = browser("tambon_secretary")
    board = client.get(reverse("planning:board", args=[first.area.code[:6]])).content.decode()
    ticked = re.findall(r'name="proposal" value="([^"]+)"', board)
    merge = reverse("planning:board-merge", args=[first.area.code[:6]])
    shown = client.get(merge, {"proposal": ticked})
    assert CHANGED not in shown.content.decode()
    revise(world, first)

    told = client.post(
        f"{merge}?proposal={ticked[0]}&proposal={ticked[1]}",
        {"read": marks_on(shown), "name": "รวม", "note": "ซ้ำ"},
    )
    late = client.get(merge, {"proposal": ticked})

    assert ticked == [f"{first.pk}-1.", f"{second.pk}-1."]
    assert (told.status_code, REVISED in told.content.decode()) == (422, True)
    assert CHANGED in late.content.decode()
    assert state_of(first) == state_of(second) == "submitted"


@pytest.mark.parametrize("form", ["board-merge", "board-classify"])
def test_board_does_not_pass_over_what_went_out_of_reach(world, browser, form):
    three = [world.proposal("submitted") for _each in range(3)]
    client = browser("tambon_secretary")
    address = reverse(f"planning:{form}", args=[three[0].area.code[:6]])
    query = "&".join(f"proposal={each.pk}" for each in three)
    shown = client.get(f"{address}?{query}")
    move(three[2], "return_to_author", by=world.person("tambon_secretary"), note="ขอแบบ")
    resolution = make_resolution(three[0].area.code[:6])
    more = {f"doer_{each.pk}": "joint" for each in three} | {"resolution": str(resolution.pk)}

    told = client.post(f"{address}?{query}", {"read": marks_on(shown), "name": "รวม", "note": "ซ้ำ", **more})

    assert "บางเรื่องที่ท่านเลือกเดินหน้าไปแล้ว" in told.content.decode()
    assert [state_of(each) for each in three] == ["submitted", "submitted", "draft"]


def test_classifying_revised_proposals_on_the_board_is_told(world, browser):
    proposal = world.proposal("submitted")
    client = browser("tambon_secretary")
    form = reverse("planning:board-classify", args=[proposal.area.code[:6]])
    make = make_resolution(proposal.area.code[:6])
    shown = client.get(form, {"proposal": proposal.pk})
    revise(world, proposal)

    told = client.post(
        f"{form}?proposal={proposal.pk}",
        {"read": marks_on(shown), f"doer_{proposal.pk}": "joint", "resolution": make.pk},
    )

    assert (told.status_code, REVISED in told.content.decode()) == (422, True)
    assert state_of(proposal) == "submitted"


def test_governor_is_told_what_was_revised_or_decided_since_the_sheet_was_shown(world, browser):
    first, second = world.proposal("accepted"), world.proposal("accepted")
    client = browser("governor")
    sheet = reverse("planning:decide", args=[world.version().pk])
    marks = marks_on(client.get(sheet))
    revise(world, first)

    told = client.post(sheet, {"read": marks, f"verdict_{first.pk}": "include"})
    untouched = client.post(sheet, {"read": marks, f"verdict_{second.pk}": "include"})
    gone = client.post(sheet, {"read": marks, f"verdict_{second.pk}": "reserve", f"note_{second.pk}": "รอ"})

    assert (told.status_code, REVISED in told.content.decode()) == (422, True)
    assert untouched.status_code == 302
    assert (gone.status_code, "มีผู้พิจารณาบางโครงการในนี้ไปแล้ว" in gone.content.decode()) == (422, True)
    assert (state_of(first), state_of(second)) == ("accepted", "included")


@pytest.mark.parametrize("mark", ["", "x", "1", "-1.", "๑-๑.", "1-99999999999.", "9" * 30 + "-1.accepted"])
def test_marks_that_nobody_wrote_so_are_passed_over(world, browser, mark):
    proposal = world.proposal("submitted")

    answer = browser("tambon_secretary").post(address(proposal, "step", "review"), {"read": mark})

    assert answer.status_code == 302


def test_marks_of_other_proposals_tell_nothing_of_them(world, browser):
    proposal, secret = world.proposal("submitted"), world.proposal("draft", name="ลับ")

    answer = browser("tambon_secretary").post(
        address(proposal, "step", "review"), {"read": [f"{secret.pk}-7.ranked", f"{proposal.pk}-1."]}
    )

    assert answer.status_code == 302
