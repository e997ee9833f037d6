from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from prasan.agencies.queries import decide, forget_standing
from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.planning import actions, rules
from prasan.planning.models import Proposal, Routing
from prasan.planning.queries import (
    agencies_to_lead,
    issues_for,
    local_governments_of,
    proposals_for,
    resolutions_for,
    routings_for,
)
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting
from tests.factories.planning import (
    AMPHOE,
    TAMBON,
    YEAR,
    World,
    make_issue,
    make_resolution,
    need_words,
    proposal_words,
)


def state_of(case: Proposal | Routing) -> str:
    case.refresh_from_db()
    return case.state


def test_proposal_keeps_its_needs_and_answers_them_when_submitted(world: World) -> None:
    needs = [world.need(), world.need()]
    proposal = world.proposal("draft", needs=needs)
    before = sorted(need.state for need in proposal.needs.all())

    actions.submit_proposal(proposal, by=world.person("village_head"))

    assert before == ["entered", "entered"]
    assert [(need.pk, need.state) for need in proposal.needs.order_by("pk")] == [
        (need.pk, "answered") for need in needs
    ]


def test_proposal_answers_at_least_one_need(world: World) -> None:
    with pytest.raises(Refused):
        actions.propose_from_needs([], proposal_words(), by=world.person("village_head"))


def test_draft_need_cannot_be_answered(world: World) -> None:
    with pytest.raises(Refused):
        actions.propose_from_needs([world.need("draft")], proposal_words(), by=world.person("village_head"))

    assert Proposal.objects.count() == 0


def test_need_taken_back_stops_the_submission(world: World) -> None:
    need = world.need()
    proposal = world.proposal("draft", needs=[need])
    move(need, "take_back", by=world.person("village_head"))

    with pytest.raises(Refused):
        actions.submit_proposal(proposal, by=world.person("village_head"))

    assert state_of(proposal) == "draft"
    assert not Proposal.objects.get().submitters.exists()


def test_target_is_the_smallest_area_that_holds_all_needs(world: World) -> None:
    kamnan = make_holder("kamnan", TAMBON)
    other = actions.draft_need(make_area("32070402"), need_words(), by=kamnan)
    other = move(other, "enter", by=kamnan)

    proposal = actions.propose_from_needs([world.need(), other], proposal_words(), by=kamnan)

    assert proposal.area_id == TAMBON


def test_needs_of_another_village_cannot_be_proposed(world: World) -> None:
    stranger = make_holder("village_head", "32070402")

    with pytest.raises(Refused):
        actions.propose_from_needs([world.need()], proposal_words(), by=stranger)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": " "},
        {"name": "ก" * 301},
        {"fiscal_year": 2024},
        {"budget_asked": Decimal(-1)},
        {"budget_asked": Decimal("NaN")},
        {"budget_asked": Decimal("Infinity")},
        {"budget_asked": Decimal("0.001")},
        {"budget_asked": Decimal(10) ** 15},
        {"households": -5},
        {"beneficiaries": -1},
    ],
)
def test_unsound_words_are_refused(world: World, fields: dict[str, object]) -> None:
    need = world.need()

    with pytest.raises(Refused):
        actions.propose_from_needs([need], proposal_words(**fields), by=world.person("village_head"))

    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("missing", [{"rationale": ""}, {"objective": " "}, {"budget_asked": Decimal(0)}])
def test_incomplete_proposal_is_not_submitted(world: World, missing: dict[str, object]) -> None:
    proposal = world.proposal("draft", **missing)

    with pytest.raises(Refused):
        actions.submit_proposal(proposal, by=world.person("village_head"))

    assert state_of(proposal) == "draft"


def test_submitted_proposal_is_fixed_until_returned_with_a_reason(world: World) -> None:
    proposal = world.proposal("tambon_review")
    head, secretary = world.person("village_head"), world.person("tambon_secretary")
    with pytest.raises(Refused):
        actions.edit_proposal(proposal, proposal_words(name="อื่น"), by=head)
    with pytest.raises(Refused):
        move(proposal, "return_to_author", by=secretary)

    returned = move(proposal, "return_to_author", by=secretary, note="กรุณาระบุความยาวคลอง")
    changed = actions.edit_proposal(returned, proposal_words(name="ขุดลอกคลอง 2 กม."), by=head)
    again = actions.submit_proposal(changed, by=head)

    assert (again.state, again.name) == ("submitted", "ขุดลอกคลอง 2 กม.")


def test_withdrawn_proposal_lets_its_needs_wait_again(world: World) -> None:
    need = world.need()
    proposal = world.proposal("submitted", needs=[need])

    actions.withdraw_proposal(proposal, by=world.person("village_head"), note="ขอทบทวน")

    need.refresh_from_db()
    assert (state_of(proposal), need.state) == ("withdrawn", "entered")
    assert list(proposal.needs.all()) == [need]


def test_need_stays_answered_while_another_proposal_answers_it(world: World) -> None:
    need = world.need()
    first, second = world.proposal("draft", needs=[need]), world.proposal("draft", needs=[need])
    for proposal in (first, second):
        actions.submit_proposal(proposal, by=world.person("village_head"))

    actions.withdraw_proposal(first, by=world.person("village_head"), note="ซ้ำกัน")

    need.refresh_from_db()
    assert need.state == "answered"


def test_classification_stands_on_both_axes_with_its_resolution(world: World) -> None:
    issue, resolution = make_issue(), make_resolution(TAMBON)

    proposal = actions.classify_proposal(
        world.proposal("tambon_review"),
        doer="refer",
        level="provincial",
        issue=issue,
        resolution=resolution,
        by=world.person("tambon_secretary"),
    )

    assert (proposal.state, proposal.doer, proposal.refer_level) == ("classified", "refer", "provincial")
    assert (proposal.serves, proposal.issue, proposal.classified_in) == ("issue", issue, resolution)
    entry = Entry.objects.get(kind="planning.proposal.classify")
    assert entry.after == {
        "state": "classified",
        "doer": "refer",
        "level": "provincial",
        "serves": "issue",
        "issue": issue.pk,
        "resolution": resolution.pk,
    }


@pytest.mark.parametrize(
    ("doer", "level"), [("", ""), ("nobody", ""), ("refer", ""), ("self", "central"), ("joint", "local")]
)
def test_unsound_axis_is_refused(world: World, doer: str, level: str) -> None:
    proposal = world.proposal("tambon_review")

    with pytest.raises(Refused):
        actions.classify_proposal(
            proposal,
            doer=doer,
            level=level,
            resolution=make_resolution(TAMBON),
            by=world.person("tambon_secretary"),
        )

    assert state_of(proposal) == "tambon_review"


@pytest.mark.parametrize(("area", "kind"), [("320705", "tambon"), (AMPHOE, "amphoe"), ("40", "province")])
def test_resolution_of_another_committee_is_refused(world: World, area: str, kind: str) -> None:
    proposal = world.proposal("tambon_review")

    with pytest.raises(Refused):
        actions.classify_proposal(
            proposal,
            doer="joint",
            resolution=make_resolution(area, kind),
            by=world.person("tambon_secretary"),
        )

    assert state_of(proposal) == "tambon_review"


@pytest.mark.parametrize("issue", [{"area": "45"}, {"first_year": 2566, "last_year": 2570}])
def test_issue_of_other_years_or_another_province_is_refused(world: World, issue: dict[str, object]) -> None:
    proposal = world.proposal("tambon_review")

    with pytest.raises(Refused):
        actions.classify_proposal(
            proposal,
            doer="joint",
            issue=make_issue(**issue),
            resolution=make_resolution(TAMBON),
            by=world.person("tambon_secretary"),
        )


def test_what_the_area_does_itself_never_reaches_the_amphoe(world: World) -> None:
    proposal = actions.classify_proposal(
        world.proposal("tambon_review"),
        doer="self",
        resolution=make_resolution(TAMBON),
        by=world.person("tambon_secretary"),
    )

    with pytest.raises(Refused):
        move(proposal, "pass_on", by=world.person("tambon_secretary"))

    assert state_of(proposal) == "classified"


def test_joint_proposal_is_not_handed_to_the_local_government(world: World) -> None:
    proposal = world.proposal("classified")

    with pytest.raises(Refused):
        actions.hand_over_proposal(proposal, agency=world.local, by=world.person("tambon_secretary"))

    assert Routing.objects.count() == 0
    assert Proposal.objects.get(pk=proposal.pk).lead_agency is None


def test_only_a_local_government_of_the_place_takes_over(world: World) -> None:
    proposal = actions.classify_proposal(
        world.proposal("tambon_review"),
        doer="self",
        resolution=make_resolution(TAMBON),
        by=world.person("tambon_secretary"),
    )

    for wrong in (world.agency, make_agency("320705", level="local")):
        with pytest.raises(Refused):
            actions.hand_over_proposal(proposal, agency=wrong, by=world.person("tambon_secretary"))


def test_referred_proposal_goes_to_an_agency_of_the_named_level(world: World) -> None:
    proposal = actions.classify_proposal(
        world.proposal("tambon_review"),
        doer="refer",
        level="central",
        resolution=make_resolution(TAMBON),
        by=world.person("tambon_secretary"),
    )
    proposal = move(proposal, "pass_on", by=world.person("tambon_secretary"))
    central = make_agency("TH", level="central")

    assert list(agencies_to_lead(proposal)) == [central]
    with pytest.raises(Refused):
        actions.forward_proposal(proposal, lead=world.agency, by=world.person("amphoe_secretary"))
    sent = actions.forward_proposal(proposal, lead=central, by=world.person("amphoe_secretary"))
    assert (sent.state, sent.lead_agency) == ("forwarded", central)


def test_agency_of_another_province_is_refused(world: World) -> None:
    proposal = world.proposal("amphoe_review")

    with pytest.raises(Refused):
        actions.forward_proposal(proposal, lead=make_agency("40"), by=world.person("amphoe_secretary"))

    assert Routing.objects.count() == 0


def test_each_agency_is_named_once(world: World) -> None:
    proposal, helper = world.proposal("amphoe_review"), make_agency("32")
    secretary = world.person("amphoe_secretary")

    for co_agencies in ([world.agency], [helper, helper]):
        with pytest.raises(Refused):
            actions.forward_proposal(proposal, lead=world.agency, co_agencies=co_agencies, by=secretary)


def test_lead_agency_moves_the_proposal_and_a_helper_does_not(world: World) -> None:
    helper = make_agency("32")
    proposal = actions.forward_proposal(
        world.proposal("amphoe_review"),
        lead=world.agency,
        co_agencies=[helper],
        by=world.person("amphoe_secretary"),
    )
    helping = make_holder("agency_officer", "32", agency=helper)
    routing = proposal.routings.get(agency=helper)
    routing = move(routing, "receive", by=helping)

    actions.decline_routing(routing, by=helping, note="ไม่มีเครื่องจักร")
    after_helper = state_of(proposal)
    lead = move(world.lead(proposal), "receive", by=world.person("agency_officer"))
    actions.accept_routing(lead, by=world.person("agency_officer"))

    assert (after_helper, state_of(proposal)) == ("forwarded", "accepted")
    with pytest.raises(Refused):
        actions.accept_routing(lead, by=helping)


def test_decline_reaches_the_village_with_its_reason_and_ends_what_others_were_asked(world: World) -> None:
    helper = make_agency("32")
    proposal = actions.forward_proposal(
        world.proposal("amphoe_review"),
        lead=world.agency,
        co_agencies=[helper],
        by=world.person("amphoe_secretary"),
    )
    lead = move(world.lead(proposal), "receive", by=world.person("agency_officer"))
    with pytest.raises(Refused):
        actions.decline_routing(lead, by=world.person("agency_officer"), note="  ")

    actions.decline_routing(lead, by=world.person("agency_officer"), note="เป็นพื้นที่ป่าสงวน")

    assert state_of(proposal) == "declined"
    assert proposal.routings.get(agency=helper).state == "recalled"
    assert proposal.lead_agency is None


@pytest.mark.parametrize(("to", "state"), [("committee", "amphoe_review"), ("author", "draft")])
def test_agency_returns_to_the_committee_or_to_the_author(world: World, to: str, state: str) -> None:
    proposal = world.proposal("forwarded")
    lead = move(world.lead(proposal), "receive", by=world.person("agency_officer"))

    actions.return_routing(lead, by=world.person("agency_officer"), note="ขาดแบบแปลน", to=to)

    assert (state_of(lead), state_of(proposal)) == ("returned", state)


def test_recall_is_possible_until_received(world: World) -> None:
    secretary = world.person("amphoe_secretary")
    proposal = world.proposal("forwarded")
    recalled = actions.recall_proposal(proposal, by=secretary, note="ส่งผิดหน่วยงาน")
    again = actions.forward_proposal(recalled, lead=world.agency, by=secretary)
    move(world.lead(again), "receive", by=world.person("agency_officer"))

    with pytest.raises(Refused):
        actions.recall_proposal(again, by=secretary, note="ช้าไป")

    assert state_of(proposal) == "forwarded"
    assert sorted(proposal.routings.values_list("state", flat=True)) == ["recalled", "received"]


def test_answer_is_taken_back_until_the_governor_decided(world: World) -> None:
    officer = world.person("agency_officer")
    proposal = world.proposal("accepted")
    lead = actions.take_back_answer(world.lead(proposal), by=officer, note="ตรวจแบบใหม่")
    assert (state_of(lead), state_of(proposal)) == ("received", "forwarded")
    actions.accept_routing(lead, by=officer)
    actions.refuse_proposal(proposal, by=world.person("governor"), note="ซ้ำ")

    with pytest.raises(Refused):
        actions.take_back_answer(lead, by=officer, note="ช้าไป")

    assert (state_of(lead), state_of(proposal)) == ("accepted", "refused")


def test_local_government_takes_up_what_the_area_does_itself(world: World) -> None:
    proposal = world.proposal("taken_up")

    assert (proposal.is_closed, proposal.lead_agency) == (True, world.local)
    assert list(proposals_for(AnonymousUser())) == []


def test_governor_does_not_decide_what_he_wrote_or_submitted(world: World) -> None:
    governor = world.person("governor")
    proposal = world.proposal("accepted")
    proposal.submitters.add(governor)

    with pytest.raises(Refused):
        move(proposal, "reserve", by=governor, note="เหตุผล")
    with pytest.raises(Refused):
        actions.refuse_proposal(proposal, by=governor, note="เหตุผล")
    with pytest.raises(Refused):
        actions.include_in_plan(proposal, world.version(), by=governor)

    assert state_of(proposal) == "accepted"


def test_who_submitted_first_does_not_decide_what_another_submitted_again(world: World) -> None:
    governor, proposal = world.person("governor"), world.proposal("draft")
    make_posting("kamnan", TAMBON, person=governor)
    forget_standing(governor)

    actions.submit_proposal(proposal, by=governor)
    move(proposal, "return_to_author", by=world.person("tambon_secretary"), note="ขาดแบบแปลน")
    actions.submit_proposal(proposal, by=world.person("village_head"))

    assert str(decide(governor, rules.DECIDE, proposal).reason) == str(rules.DECIDE.barred_reason)
    assert set(proposal.submitters.all()) == {governor, world.person("village_head")}


def test_tambon_secretary_classifies_what_he_wrote_himself_by_the_resolution_of_the_committee(
    world: World,
) -> None:
    secretary = world.person("tambon_secretary")
    proposal = actions.propose_from_needs([world.need()], proposal_words(), by=secretary)
    actions.submit_proposal(proposal, by=secretary)
    move(proposal, "review", by=secretary)
    resolution = make_resolution(TAMBON)

    classified = actions.classify_proposal(proposal, doer="joint", resolution=resolution, by=secretary)

    assert (classified.state, classified.classified_in) == ("classified", resolution)


def test_agency_officer_does_not_answer_what_he_submitted(world: World) -> None:
    proposal = world.proposal("forwarded")
    proposal.submitters.add(world.person("agency_officer"))

    with pytest.raises(Refused):
        move(world.lead(proposal), "receive", by=world.person("agency_officer"))


@pytest.mark.parametrize(
    "role", ["analyst", "provincial_head", "auditor", "ministry_officer", "amphoe_secretary"]
)
def test_nobody_but_the_governor_decides(world: World, role: str) -> None:
    proposal = world.proposal("accepted")

    with pytest.raises(Refused):
        actions.include_in_plan(proposal, world.version(), by=world.person(role))
    with pytest.raises(Refused):
        actions.refuse_proposal(proposal, by=world.person(role), note="ไม่เห็นด้วย")

    assert state_of(proposal) == "accepted"


def test_governor_returns_to_the_agency_which_answers_again(world: World) -> None:
    proposal = world.proposal("accepted")

    actions.return_to_agency(proposal, by=world.person("governor"), note="ทบทวนราคา")

    lead = world.lead(proposal)
    assert (state_of(proposal), lead.state) == ("forwarded", "received")
    actions.accept_routing(lead, by=world.person("agency_officer"))
    assert state_of(proposal) == "accepted"


def test_governor_returns_to_the_author_and_the_way_begins_anew(world: World) -> None:
    proposal = world.proposal("reserve")

    actions.return_to_author(proposal, by=world.person("governor"), note="ขอแบบใหม่")

    assert state_of(proposal) == "draft"
    assert proposal.lead_agency is None
    assert [routing.state for routing in proposal.routings.all()] == ["recalled"]


def test_each_sees_the_proposals_that_are_theirs(world: World) -> None:
    draft, sent, included = (world.proposal(state) for state in ("draft", "forwarded", "included"))
    stranger = make_holder("village_head", "40010101")
    other_agency = make_holder("agency_officer", "32")

    seen = {
        "village_head": set(proposals_for(world.person("village_head"))),
        "amphoe_secretary": set(proposals_for(world.person("amphoe_secretary"))),
        "agency_officer": set(proposals_for(world.person("agency_officer"))),
        "auditor": set(proposals_for(world.person("auditor"))),
        "stranger": set(proposals_for(stranger)),
        "other_agency": set(proposals_for(other_agency)),
        "public": set(proposals_for(AnonymousUser())),
    }

    assert seen == {
        "village_head": {draft, sent, included},
        "amphoe_secretary": {sent, included},
        "agency_officer": {sent, included},
        "auditor": {sent, included},
        "stranger": {included},
        "other_agency": {included},
        "public": {included},
    }


def test_routing_is_seen_by_its_agency_and_the_area_only(world: World) -> None:
    proposal = world.proposal("included")
    lead = world.lead(proposal)

    assert list(routings_for(world.person("agency_officer"))) == [lead]
    assert list(routings_for(world.person("village_head"))) == [lead]
    assert list(routings_for(make_holder("agency_officer", "32"))) == []
    assert list(routings_for(AnonymousUser())) == []


def test_choices_offered_are_those_the_actions_take(world: World) -> None:
    proposal = world.proposal("amphoe_review")
    make_agency("40")
    issue, resolution = make_issue(), make_resolution(TAMBON)
    make_issue("40")
    make_resolution("320705")

    assert set(agencies_to_lead(proposal)) >= {world.agency}
    assert not agencies_to_lead(proposal).filter(area_id="40").exists()
    assert list(local_governments_of(proposal)) == [world.local]
    assert list(issues_for(proposal.area, YEAR)) == [issue]
    assert set(resolutions_for("tambon", proposal.area)) == {resolution, proposal.classified_in}
