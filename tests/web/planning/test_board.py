from decimal import Decimal

import pytest
from django.urls import reverse

from prasan.planning.models import Need, Proposal
from tests.factories.agencies import make_holder
from tests.factories.planning import AMPHOE, TAMBON, make_issue, make_resolution

BOARD = reverse("planning:board", args=[TAMBON])


def chosen(name, *rows):
    query = "&".join(f"{'need' if isinstance(row, Need) else 'proposal'}={row.pk}" for row in rows)
    return f"{reverse(f'planning:board-{name}', args=[TAMBON])}?{query}"


def test_board_shows_what_lies_before_the_tambon_committee(world, browser):
    need = world.need()
    submitted, reviewed = world.proposal("submitted"), world.proposal("tambon_review")
    world.proposal("draft")

    context = browser("tambon_secretary").get(BOARD).context

    assert need in context["needs"].cases
    assert {column.state: column.cases for column, *_rest in context["columns"]} == {
        "submitted": [submitted],
        "tambon_review": [reviewed],
        "classified": [],
        "handed_over": [],
    }


def test_board_of_an_amphoe_shows_how_agencies_answer(world, browser):
    world.proposal("forwarded")

    page = browser("amphoe_secretary").get(reverse("planning:board", args=[AMPHOE])).content.decode()

    assert str(world.agency) in page
    assert "ส่งแล้ว" in page


def test_secretary_with_one_board_goes_straight_to_it(world, browser):
    assert browser("tambon_secretary").get(reverse("planning:board-list")).headers["Location"] == BOARD


@pytest.mark.parametrize("role", ["agency_officer", "province_admin"])
def test_board_is_hidden_from_whom_it_does_not_concern(world, browser, role):
    assert browser(role).get(BOARD).status_code == 404


def test_secretary_of_another_tambon_finds_no_board(world, client):
    client.force_login(make_holder("tambon_secretary", "320705"))

    assert client.get(BOARD).status_code == 404


def test_village_head_reads_the_board_but_cannot_merge(world, browser):
    first, second = world.proposal("submitted"), world.proposal("submitted")
    client = browser("village_head")

    answers = [client.get(BOARD), client.get(chosen("merge", first, second))]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_several_are_classified_in_one_resolution(world, browser):
    first, second = world.proposal("submitted"), world.proposal("tambon_review")
    resolution, issue = make_resolution(TAMBON), make_issue()
    form = {
        "resolution": resolution.pk,
        f"doer_{first.pk}": "joint",
        f"issue_{first.pk}": issue.pk,
        f"doer_{second.pk}": "refer",
        f"level_{second.pk}": "provincial",
    }

    browser("tambon_secretary").post(chosen("classify", first, second), form)

    found = Proposal.objects.order_by("pk").values_list(
        "state", "doer", "refer_level", "issue", "classified_in"
    )
    assert list(found) == [
        ("classified", "joint", "", issue.pk, resolution.pk),
        ("classified", "refer", "provincial", None, resolution.pk),
    ]


def test_one_fault_classifies_none(world, browser):
    first, second = world.proposal("submitted"), world.proposal("submitted")
    form = {
        "resolution": make_resolution(TAMBON).pk,
        f"doer_{first.pk}": "joint",
        f"doer_{second.pk}": "refer",
    }

    answer = browser("tambon_secretary").post(chosen("classify", first, second), form)

    assert answer.status_code == 422
    assert {each.state for each in Proposal.objects.all()} == {"submitted"}


def test_merging_on_the_board_can_be_undone_on_the_page(world, browser):
    first, second = world.proposal("submitted"), world.proposal("submitted")
    client = browser("tambon_secretary")

    shown = client.get(chosen("merge", first, second)).content.decode()
    client.post(chosen("merge", first, second), {"name": "รวมหนองน้ำ", "note": "เรื่องเดียวกัน"})
    child = Proposal.objects.get(name="รวมหนองน้ำ")
    page = client.get(reverse("planning:proposal", args=[child.pk])).content.decode()
    client.post(reverse("planning:proposal-act", args=[child.pk, "dissolve"]), {"note": "เข้าใจผิด"})

    assert "2,500,000 บาท" in shown
    assert (child.budget_asked, first.name in page) == (Decimal("2500000.00"), True)
    assert sorted(each.state for each in Proposal.objects.all()) == [
        "tambon_review",
        "tambon_review",
        "withdrawn",
    ]


def test_split_on_the_page(world, browser):
    proposal = world.proposal("tambon_review")
    form = {"name_1": "ช่วงแรก", "name_2": "ช่วงหลัง", "part_1": "2", "part_2": "1", "note": "คนละหน่วยงาน"}

    browser("tambon_secretary").post(reverse("planning:proposal-act", args=[proposal.pk, "split"]), form)

    assert [(each.name, each.budget_asked) for each in Proposal.objects.order_by("pk")[1:]] == [
        ("ช่วงแรก", Decimal("250000.00")),
        ("ช่วงหลัง", Decimal("1000000.00")),
    ]


def test_needs_are_joined_and_parted(world, browser):
    need, twin = world.need(), world.need()
    client = browser("tambon_secretary")

    client.post(chosen("join", need, twin), {"into": twin.pk, "note": "เรื่องเดียวกัน"})
    joined = Need.objects.get(pk=need.pk)
    page = client.get(reverse("planning:need", args=[need.pk])).content.decode()
    client.post(reverse("planning:need-act", args=[need.pk, "part"]), {"note": "คนละเรื่อง"})

    assert (joined.state, joined.joined_to) == ("joined", twin)
    assert twin.title in page
    assert Need.objects.get(pk=need.pk).state == "entered"


@pytest.mark.parametrize("query", ["", "proposal=x", "proposal=-1&proposal=99999999999999", "proposal=7%00"])
def test_nothing_chosen_leads_back_to_the_board(world, browser, query):
    answer = browser("tambon_secretary").get(f"{reverse('planning:board-merge', args=[TAMBON])}?{query}")

    assert answer.headers["Location"] == BOARD


def test_board_takes_as_many_queries_for_three_as_for_one(world, browser, queries_of):
    world.need()
    world.proposal("submitted")
    client = browser("tambon_secretary")
    for_one = queries_of(client, BOARD)

    for _number in range(2):
        world.need()
        world.proposal("submitted")

    assert queries_of(client, BOARD) == for_one


def test_what_holds_for_all_is_said_once_and_otherwise_for_one(world, browser):
    first, second, third = (world.proposal("submitted") for _number in range(3))
    issue, other = make_issue(), make_issue()
    form = {
        "resolution": make_resolution(TAMBON).pk,
        "doer_all": "refer",
        "level_all": "provincial",
        "issue_all": issue.pk,
        f"doer_{second.pk}": "joint",
        f"issue_{second.pk}": other.pk,
        f"issue_{third.pk}": "none",
    }

    browser("tambon_secretary").post(chosen("classify", first, second, third), form)

    found = Proposal.objects.order_by("pk").values_list("state", "doer", "refer_level", "issue")
    assert list(found) == [
        ("classified", "refer", "provincial", issue.pk),
        ("classified", "joint", "", other.pk),
        ("classified", "refer", "provincial", None),
    ]


def test_nobody_doing_it_is_a_fault_at_the_proposal(world, browser):
    first, second = world.proposal("submitted"), world.proposal("submitted")
    form = {"resolution": make_resolution(TAMBON).pk, f"doer_{first.pk}": "joint"}

    answer = browser("tambon_secretary").post(chosen("classify", first, second), form)

    assert list(answer.context["form"].errors) == [f"doer_{second.pk}"]
    assert {each.state for each in Proposal.objects.all()} == {"submitted"}


def test_several_are_passed_on_and_sent_to_one_agency(world, browser):
    rows = [world.proposal("classified") for _number in range(3)]
    amphoe = reverse("planning:board-forward", args=[AMPHOE])
    query = "&".join(f"proposal={row.pk}" for row in rows)

    passed = browser("tambon_secretary").post(chosen("pass-on", *rows), {"note": "ครบถ้วน"})
    sent = browser("amphoe_secretary").post(f"{amphoe}?{query}", {"lead": world.agency.pk})

    assert [passed.headers["Location"], sent.headers["Location"]] == [
        BOARD,
        reverse("planning:board", args=[AMPHOE]),
    ]
    assert {(each.state, each.lead_agency_id) for each in Proposal.objects.all()} == {
        ("forwarded", world.agency.pk)
    }
    assert [each.routings.count() for each in rows] == [1, 1, 1]


def test_one_that_cannot_be_handed_over_keeps_all(world, browser):
    own, joint = world._classify_self(world.proposal("tambon_review")), world.proposal("classified")
    client = browser("tambon_secretary")

    answer = client.post(chosen("hand-over", own, joint), {"agency": world.local.pk})

    assert answer.status_code == 422
    assert joint.name in answer.content.decode()
    assert {each.state for each in Proposal.objects.all()} == {"classified"}


def test_what_has_left_the_column_meanwhile_is_not_taken_along(world, browser):
    here, gone = world.proposal("classified"), world.proposal("amphoe_review")

    browser("tambon_secretary").post(chosen("pass-on", here, gone), {})

    assert {each.state for each in Proposal.objects.all()} == {"amphoe_review"}


@pytest.mark.parametrize(
    ("role", "name"),
    [("amphoe_secretary", "pass-on"), ("tambon_secretary", "forward"), ("governor", "forward")],
)
def test_acts_of_another_committee_are_not_found(world, browser, role, name):
    proposal = world.proposal("classified" if name == "pass-on" else "amphoe_review")
    area = TAMBON if name == "pass-on" else AMPHOE
    page = f"{reverse(f'planning:board-{name}', args=[area])}?proposal={proposal.pk}"

    assert browser(role).post(page, {"lead": world.agency.pk}).status_code == 404


def test_more_than_can_be_taken_at_once_is_told(world, browser):
    proposal = world.proposal("classified")
    many = "&".join(f"proposal={number}" for number in range(10**6, 10**6 + 100))

    page = browser("tambon_secretary").get(f"{chosen('pass-on', proposal)}&{many}")

    assert "ครั้งละไม่เกิน 100 รายการ" in page.content.decode()
