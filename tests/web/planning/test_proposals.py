import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from prasan.agencies.models import Attendance, Meeting, Posting
from prasan.agencies.queries import forget_standing
from prasan.planning.models import Proposal
from prasan.planning.queries import may_see_inside, proposals_inside, routings_for
from tests.factories.agencies import make_holder, make_seat
from tests.factories.documents import pdf
from tests.factories.planning import TAMBON, make_issue, make_resolution, make_sector
from tests.made_once import made_once

STATES = ("draft", "submitted", "classified", "handed_over", "forwarded", "accepted", "included", "refused")
ROLES = (
    "village_head",
    "tambon_secretary",
    "amphoe_secretary",
    "agency_officer",
    "local_officer",
    "governor",
)


@pytest.fixture
def outsider(world):
    client = Client()
    client.force_login(make_holder("tambon_secretary", "450101"))
    return client


def proposal_typed(need, **typed):
    return {
        "needs": need.pk,
        "name": "โครงการขุดลอกสระน้ำ",
        "sector": make_sector().pk,
        "fiscal_year": "2571",
        "rationale": "น้ำไม่พอใช้",
        "objective": "มีน้ำใช้ตลอดปี",
        "budget_asked": "๑,๒๕๐,๐๐๐ บาท",
        **typed,
    }


def meeting_of_the_secretary(world):
    """A meeting of the tambon committee on which the secretary sits."""
    meeting = make_resolution(TAMBON).meeting
    make_seat(
        meeting.committee, Posting.objects.get(person=world.person("tambon_secretary")), seat="secretary"
    )
    return meeting


def state_of(case):
    case.refresh_from_db()
    return case.state


def test_list_takes_as_many_queries_for_three_proposals_as_for_one(world, browser, queries_of):
    client = browser("governor")
    world.proposal("forwarded")
    one = queries_of(client, "/proposals/")
    world.proposal("included")
    world.proposal("classified")

    assert queries_of(client, "/proposals/") == one <= 14


@pytest.mark.parametrize("role", ["village_head", "agency_officer", "governor"])
def test_proposal_takes_as_many_queries_for_three_needs_as_for_one(world, browser, queries_of, role):
    client = browser(role)
    few, many = (
        world.proposal("included", needs=[world.need() for _each in range(number)]) for number in (1, 3)
    )

    taken = [queries_of(client, f"/proposals/{each.pk}/") for each in (few, many)]

    assert taken[0] == taken[1] <= 35


def one_in_every_state(world):
    world.version()
    return world, {state: world.proposal(state) for state in STATES}


@pytest.fixture
def busy(world):
    """The village and its proposals by their states."""
    return made_once(one_in_every_state, on=world)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_exactly_the_proposals_and_routings_of_its_lists(busy, browser, role):
    world, proposals = busy[0], list(busy[1].values())
    routings = [routing for proposal in proposals for routing in proposal.routings.all()]
    client, person = browser(role), world.person(role)

    listed = set(client.get("/proposals/").context["frame"].found.values_list("pk", flat=True))
    opened = {each.pk for each in proposals if client.get(f"/proposals/{each.pk}/").status_code == 200}
    answered = {each.pk for each in routings if client.get(f"/routings/{each.pk}/").status_code == 200}

    forget_standing(person)
    assert listed == opened == set(proposals_inside(person).values_list("pk", flat=True))
    assert answered == set(routings_for(person).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "address", ["", "edit/", "steps/review/", "acts/classify/", "files/", "files/1/", "files/1/release/"]
)
def test_proposal_of_another_area_does_not_exist_for_an_outsider(world, outsider, address):
    proposal = world.proposal("tambon_review")
    address = f"/proposals/{proposal.pk}/{address}"
    posts = address.endswith(("review/", "files/", "release/"))

    response = outsider.post(address) if posts else outsider.get(address)

    assert response.status_code == 404


def test_included_proposals_of_other_areas_do_not_fill_the_list(world, outsider):
    world.proposal("included")

    assert list(outsider.get("/proposals/").context["frame"].rows) == []


def test_outsider_is_led_from_an_included_proposal_to_the_item_of_the_plan(world, outsider):
    proposal = world.proposal("included")

    response = outsider.get(f"/proposals/{proposal.pk}/")

    assert response.headers["Location"] == f"/plan/items/{proposal.plan_items.get().pk}/"
    assert outsider.get(f"/proposals/{proposal.pk}/acts/take_out/").status_code == 404


def test_proposal_is_written_from_a_need_and_submitted(world, browser):
    need = world.need(households=40, title="ขุดลอกหนองแวง")
    client = browser("village_head")
    form = client.get(f"/proposals/new/?need={need.pk}", follow=True).context["form"]

    response = client.post("/proposals/new/", proposal_typed(need))

    proposal = Proposal.objects.get()
    assert (form["name"].value(), form["households"].value()) == ("ขุดลอกหนองแวง", "40")
    assert response.headers["Location"] == f"/proposals/{proposal.pk}/"
    assert (proposal.state, proposal.budget_asked, state_of(need)) == ("submitted", 1_250_000, "answered")


def test_incomplete_proposal_is_kept_as_a_draft_with_the_reason(world, browser):
    need = world.need()

    response = browser("village_head").post(
        "/proposals/new/", proposal_typed(need, objective="", budget_asked=""), follow=True
    )

    assert Proposal.objects.get().state == "draft"
    assert "เก็บเป็นฉบับร่างไว้แล้ว" in response.content.decode()


def test_need_of_another_area_cannot_be_answered(world, outsider):
    need = world.need()

    assert outsider.post("/proposals/new/", proposal_typed(need)).status_code == 404
    assert Proposal.objects.count() == 0


def test_sum_that_is_none_comes_back_as_typed(world, browser):
    response = browser("village_head").post(
        "/proposals/new/", proposal_typed(world.need(), budget_asked="ล้านสอง")
    )

    assert response.status_code == 422
    assert "ล้านสอง" in response.content.decode()


def test_draft_is_changed(world, browser):
    proposal = world.proposal()
    typed = proposal_typed(proposal.needs.get(), name="โครงการสร้างฝาย")

    browser("village_head").post(f"/proposals/{proposal.pk}/edit/", typed)

    proposal.refresh_from_db()
    assert (proposal.name, proposal.budget_asked) == ("โครงการสร้างฝาย", 1_250_000)


@pytest.mark.parametrize(("button", "state"), [({}, "submitted"), ({"draft": "1"}, "draft")])
def test_draft_is_submitted_from_its_form_unless_it_is_to_stay_one(world, browser, button, state):
    proposal = world.proposal()

    typed = proposal_typed(proposal.needs.get(), **button)
    response = browser("village_head").post(f"/proposals/{proposal.pk}/edit/", typed)

    assert response.headers["Location"] == f"/proposals/{proposal.pk}/"
    assert state_of(proposal) == state


def test_what_keeps_a_draft_from_being_submitted_is_named(world, browser):
    proposal = world.proposal()
    typed = proposal_typed(proposal.needs.get(), objective="", budget_asked="")

    response = browser("village_head").post(f"/proposals/{proposal.pk}/edit/", typed, follow=True)

    assert state_of(proposal) == "draft"
    assert "เก็บเป็นฉบับร่างไว้แล้ว ยังส่งไม่ได้ กรุณากรอกวัตถุประสงค์, งบประมาณ" in response.content.decode()


def test_committee_classifies_with_a_resolution_recorded_on_the_spot(world, browser):
    proposal, issue = world.proposal("tambon_review"), make_issue()
    meeting = meeting_of_the_secretary(world)
    Attendance.objects.create(meeting=meeting, membership=meeting.committee.memberships.get())
    Meeting.objects.filter(pk=meeting.pk).update(quorum=1)
    typed = {
        "doer": "joint",
        "serves": issue.pk,
        "resolution": f"new-{meeting.pk}",
        "words": "เห็นชอบให้ร่วมดำเนินการ",
    }

    browser("tambon_secretary").post(f"/proposals/{proposal.pk}/acts/classify/", typed)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.doer, proposal.issue) == ("classified", "joint", issue)
    assert (proposal.classified_in.number, proposal.classified_in.text) == (2, "เห็นชอบให้ร่วมดำเนินการ")


def test_resolution_without_quorum_classifies_nothing_and_keeps_what_was_typed(world, browser):
    proposal = world.proposal("tambon_review")
    meeting = meeting_of_the_secretary(world)
    typed = {"doer": "self", "serves": "none", "resolution": f"new-{meeting.pk}", "words": "ให้ อบต. ดำเนินการ"}

    response = browser("tambon_secretary").post(f"/proposals/{proposal.pk}/acts/classify/", typed)

    assert (response.status_code, state_of(proposal), meeting.resolutions.count()) == (
        422,
        "tambon_review",
        1,
    )
    assert "ไม่ครบองค์ประชุม" in str(response.context["refusal"])
    assert "ให้ อบต. ดำเนินการ" in response.content.decode()


def test_referral_without_a_level_is_asked_for_it(world, browser):
    proposal, resolution = world.proposal("tambon_review"), make_resolution(TAMBON)
    typed = {"doer": "refer", "serves": "none", "resolution": resolution.pk}

    response = browser("tambon_secretary").post(f"/proposals/{proposal.pk}/acts/classify/", typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["level"]


def test_step_of_somebody_else_is_refused_in_a_sentence(world, browser):
    proposal, resolution = world.proposal("tambon_review"), make_resolution(TAMBON)
    typed = {"doer": "self", "serves": "none", "resolution": resolution.pk, "note": "ขอดำเนินการเอง"}

    response = browser("village_head").post(f"/proposals/{proposal.pk}/acts/classify/", typed)

    assert (response.status_code, state_of(proposal)) == (422, "tambon_review")
    assert str(response.context["refusal"]) in response.content.decode()
    assert "ขอดำเนินการเอง" in response.content.decode()


def test_form_of_a_step_that_is_not_open_leads_back_to_the_page(world, browser):
    proposal = world.proposal("submitted")

    response = browser("tambon_secretary").get(f"/proposals/{proposal.pk}/acts/classify/")

    assert response.headers["Location"] == f"/proposals/{proposal.pk}/"


def test_return_needs_its_reason_and_keeps_the_page(world, browser):
    proposal, client = world.proposal("tambon_review"), browser("tambon_secretary")

    refused = client.post(f"/proposals/{proposal.pk}/steps/return_to_author/", {"note": " "})
    client.post(f"/proposals/{proposal.pk}/steps/return_to_author/", {"note": "ขาดแบบรูปรายการ"})

    assert (refused.status_code, refused.context["tried"]) == (422, "return_to_author")
    assert state_of(proposal) == "draft"
    assert "ขาดแบบรูปรายการ" in browser("village_head").get(f"/proposals/{proposal.pk}/").content.decode()


def test_second_of_two_who_press_at_once_is_told_how_things_stand(world, browser):
    proposal, client = world.proposal("submitted"), browser("tambon_secretary")
    client.post(f"/proposals/{proposal.pk}/steps/review/")

    response = client.post(f"/proposals/{proposal.pk}/steps/review/")

    assert response.status_code == 422
    assert str(response.context["refusal"]) in response.content.decode()


def test_steps_with_a_form_cannot_be_taken_bare(world, browser):
    proposal = world.proposal("accepted")

    response = browser("governor").post(f"/proposals/{proposal.pk}/steps/include/")

    assert (response.status_code, state_of(proposal)) == (404, "accepted")


def test_own_work_goes_to_the_local_government_and_is_taken_up_there(world, browser):
    proposal = world.proposal("classified")
    address = f"/proposals/{proposal.pk}/acts/hand_over/"
    Proposal.objects.filter(pk=proposal.pk).update(doer="self")

    browser("tambon_secretary").post(address, {"agency": world.local.pk})
    routing, officer = world.lead(proposal), browser("local_officer")
    officer.post(f"/routings/{routing.pk}/steps/receive/")
    officer.post(f"/routings/{routing.pk}/acts/accept/", {})

    assert (state_of(proposal), state_of(routing)) == ("taken_up", "accepted")


def test_agency_returns_to_the_author_with_a_public_and_an_internal_word(world, browser):
    proposal = world.proposal("forwarded")
    routing, officer = world.lead(proposal), browser("agency_officer")
    officer.post(f"/routings/{routing.pk}/steps/receive/")
    typed = {"to": "author", "note": "ขอประมาณการราคา", "internal_note": "ราคาสูงผิดปกติ"}

    officer.post(f"/routings/{routing.pk}/acts/return/", typed)

    assert (state_of(proposal), state_of(routing)) == ("draft", "returned")
    seen_by_head = browser("village_head").get(f"/proposals/{proposal.pk}/").content.decode()
    seen_by_secretary = browser("tambon_secretary").get(f"/proposals/{proposal.pk}/").content.decode()
    assert "ขอประมาณการราคา" in seen_by_head
    assert "ราคาสูงผิดปกติ" not in seen_by_head
    assert "ราคาสูงผิดปกติ" in seen_by_secretary


def test_governor_sees_what_the_plan_holds_and_undoes_the_inclusion(world, browser):
    proposal, version, client = world.proposal("accepted"), world.version(), browser("governor")
    address = f"/proposals/{proposal.pk}/acts"
    offered = [
        str(label)
        for _key, label in client.get(f"{address}/include/").context["form"]["version"].field.choices
    ]
    client.post(f"{address}/include/", {"version": version.pk})
    included = state_of(proposal)

    client.post(f"{address}/take_out/", {"note": "รอทบทวนราคา"})

    assert len(offered) == 1
    assert included == "included"
    assert (state_of(proposal), version.items.count()) == ("accepted", 0)


@pytest.mark.parametrize(
    ("code", "end"), [("governor_return", "forwarded"), ("governor_return_to_author", "draft")]
)
def test_governor_returns_with_a_reason(world, browser, code, end):
    proposal = world.proposal("accepted")

    browser("governor").post(f"/proposals/{proposal.pk}/acts/{code}/", {"note": "ขอข้อมูลเพิ่ม"})

    assert state_of(proposal) == end


@pytest.mark.parametrize(
    ("state", "address", "role", "end"),
    [
        ("accepted", "steps/reserve", "governor", "reserve"),
        ("accepted", "acts/refuse", "governor", "refused"),
        ("refused", "acts/reconsider_refusal", "governor", "accepted"),
        ("declined", "acts/reroute", "amphoe_secretary", "amphoe_review"),
    ],
)
def test_proposal_is_decided_and_brought_back_with_a_reason(world, browser, state, address, role, end):
    proposal = world.proposal(state)

    browser(role).post(f"/proposals/{proposal.pk}/{address}/", {"note": "รองบประมาณ"})

    assert state_of(proposal) == end


def test_agency_takes_back_its_decline(world, browser):
    proposal = world.proposal("declined")
    address = f"/routings/{world.lead(proposal).pk}/"
    client = browser("agency_officer")

    page = client.get(address).content.decode()
    client.post(f"{address}acts/take_back/", {"note": "กดผิด"})

    assert f"{address}acts/take_back/" in page
    assert state_of(proposal) == "forwarded"


def test_file_of_a_draft_is_seen_inside_only(world, browser):
    proposal = world.proposal()
    sent = SimpleUploadedFile("ราคา.pdf", pdf().read(), "application/pdf")

    browser("village_head").post(f"/proposals/{proposal.pk}/files/", {"kind": "cost_estimate", "file": sent})

    address = f"/proposals/{proposal.pk}/files/{proposal.attachments.get().pk}/"
    inside = browser("tambon_secretary").get(address)
    assert b"".join(inside.streaming_content).startswith(b"%PDF")
    assert browser("public").get(address).status_code == 404


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_every_form_offered_on_the_page_opens(busy, browser, role, state):
    world, proposals = busy
    proposal, client, person = proposals[state], browser(role), world.person(role)
    if not may_see_inside(person, proposal):
        return
    context = client.get(f"/proposals/{proposal.pk}/").context

    for each in context["steps"]:
        if each.step.by_action and each.possible:
            assert client.get(f"/proposals/{proposal.pk}/acts/{each.step.code}/").status_code == 200
    for routing in routings_for(person).filter(proposal=proposal):
        for each in client.get(f"/routings/{routing.pk}/").context["steps"]:
            if each.step.by_action:
                assert client.get(f"/routings/{routing.pk}/acts/{each.step.code}/").status_code == 200


def test_withdrawn_proposal_frees_its_need(world, browser):
    proposal = world.proposal("submitted")
    need = proposal.needs.get()

    browser("village_head").post(f"/proposals/{proposal.pk}/acts/withdraw/", {"note": "ขอทบทวน"})

    assert (state_of(proposal), state_of(need)) == ("withdrawn", "entered")
