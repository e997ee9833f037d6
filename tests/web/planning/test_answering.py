"""Several proposals of the inbox are received and accepted at once: all of them, or none."""

import pytest
from django.urls import reverse

from prasan.cases.actions import move
from prasan.planning import actions
from prasan.planning.models import Proposal, Routing
from tests.factories.agencies import make_agency, make_holder
from tests.factories.planning import PROVINCE


def ticked(name, *routings):
    query = "&".join(f"routing={each.pk}" for each in routings)
    return f"{reverse(f'planning:routings-{name}')}?{query}"


def states():
    return {each.state for each in Routing.objects.all()}


@pytest.fixture
def sent(world):
    return [world.lead(world.proposal("forwarded")) for _number in range(3)]


def test_several_are_received_then_accepted_with_the_same_words(world, browser, sent):
    officer = browser("agency_officer")

    received = officer.post(ticked("receive", *sent))
    after_receiving = states()
    officer.post(ticked("accept", *sent), {"note": "อยู่ในแผนงาน", "internal_note": "รอแบบ"})

    assert received.headers["Location"] == reverse("planning:routing-list")
    assert (after_receiving, states()) == ({"received"}, {"accepted"})
    assert {each.state for each in Proposal.objects.all()} == {"accepted"}


def test_what_was_not_received_yet_is_received_when_it_is_accepted(world, browser, sent):
    browser("agency_officer").post(ticked("accept", *sent), {})

    assert states() == {"accepted"}


def test_form_shows_what_was_ticked_and_the_inbox_offers_to_tick(world, browser, sent):
    officer = browser("agency_officer")

    inbox = officer.get(reverse("planning:routing-list")).content.decode()
    page = officer.get(ticked("accept", *sent[:2])).content.decode()

    assert inbox.count('name="routing"') == 3
    assert [each.proposal.name in page for each in sent] == [True, True, False]


def test_answered_or_foreign_ones_are_not_taken_along(world, browser, client, sent):
    officer = world.person("agency_officer")
    actions.decline_routing(move(sent[0], "receive", by=officer), by=officer, note="ไม่มีงบประมาณ")
    elsewhere = make_agency(PROVINCE)
    stranger = make_holder("agency_officer", PROVINCE, agency=elsewhere)
    browser("agency_officer").post(ticked("accept", *sent), {})

    assert sorted(each.state for each in Routing.objects.all()) == ["accepted", "accepted", "declined"]
    client.force_login(stranger)
    answer = client.post(ticked("accept", *sent), {})
    assert answer.headers["Location"] == reverse("planning:routing-list")


def test_revised_since_the_form_was_shown_accepts_none(world, browser, sent):
    marks = [f"{each.proposal_id}-99." for each in sent]

    answer = browser("agency_officer").post(ticked("accept", *sent), {"read": marks})

    assert (answer.status_code, states()) == (422, {"sent"})


@pytest.mark.parametrize("name", ["receive", "accept"])
@pytest.mark.parametrize("role", ["tambon_secretary", "governor", "village_head"])
def test_who_keeps_no_inbox_finds_no_form(world, browser, sent, name, role):
    assert browser(role).post(ticked(name, *sent), {}).status_code == 404


def test_officer_who_wrote_one_of_them_accepts_the_others_only(world, browser, sent):
    officer = world.person("agency_officer")
    sent[0].proposal.submitters.add(officer)

    browser("agency_officer").post(ticked("accept", *sent), {})

    assert sorted(each.state for each in Routing.objects.all()) == ["accepted", "accepted", "sent"]


def test_one_answered_by_a_colleague_since_the_form_was_shown_is_told(world, browser, sent):
    officer = browser("agency_officer")
    shown = officer.get(ticked("accept", *sent)).context["read_marks"]
    by = world.person("agency_officer")
    actions.decline_routing(move(sent[0], "receive", by=by), by=by, note="ไม่มีงบประมาณ")

    answer = officer.post(ticked("accept", *sent), {"read": shown})

    assert answer.status_code == 422
    assert sorted(each.state for each in Routing.objects.all()) == ["declined", "sent", "sent"]
