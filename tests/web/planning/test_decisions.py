from decimal import Decimal

import pytest
from django.urls import reverse

from prasan.planning import actions
from prasan.planning.models import Plan, PlanVersion, Proposal
from tests.factories.agencies import make_holder
from tests.factories.planning import PROVINCE, YEAR, make_issue, make_resolution


def sheet(version):
    return reverse("planning:decide", args=[version.pk])


def test_governor_decides_on_a_list(world, browser):
    first, second, third = (world.proposal("accepted") for _ in range(3))
    version, client = world.version(), browser("governor")
    form = {
        f"verdict_{first.pk}": "include",
        f"verdict_{second.pk}": "refuse",
        f"note_{second.pk}": "ซ้ำซ้อน",
        f"verdict_{third.pk}": "",
        "resolution": make_resolution(PROVINCE, "province").pk,
    }

    shown = client.get(sheet(version))
    answer = client.post(sheet(version), form)

    assert shown.context["number"] == 3
    assert answer.headers["Location"] == reverse("planning:version", args=[version.pk])
    assert [Proposal.objects.get(pk=each.pk).state for each in (first, second, third)] == [
        "included",
        "refused",
        "accepted",
    ]


def test_refusal_without_reason_is_told_beside_the_row_and_nothing_typed_is_lost(world, browser):
    first, second = world.proposal("accepted"), world.proposal("accepted")
    form = {
        f"verdict_{first.pk}": "include",
        f"note_{first.pk}": "เร่งด่วน",
        f"verdict_{second.pk}": "refuse",
    }

    answer = browser("governor").post(sheet(world.version()), form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"note_{second.pk}"])
    assert "เร่งด่วน" in answer.content.decode()
    assert Proposal.objects.filter(state="accepted").count() == 2


def test_ceiling_is_told_before_it_is_passed(world, browser):
    proposal, version = world.proposal("accepted"), world.version()
    actions.set_ceiling(version.plan, Decimal(1000), by=world.person("provincial_head"))
    client = browser("governor")

    refused = client.post(sheet(version), {f"verdict_{proposal.pk}": "include"})
    client.post(sheet(version), {f"verdict_{proposal.pk}": "include", "over_ceiling": "on"})

    assert (refused.status_code, "1,249,000 บาท" in refused.content.decode()) == (422, True)
    assert Proposal.objects.get().state == "included"


@pytest.mark.parametrize("role", ["provincial_head", "analyst", "village_head", "auditor"])
def test_sheet_is_the_governors_alone(world, browser, role):
    assert browser(role).get(sheet(world.version())).status_code == 404


def test_governor_of_another_province_finds_no_sheet(world, client):
    client.force_login(make_holder("governor", "40"))

    assert client.get(sheet(world.version())).status_code == 404


def test_sheet_takes_as_many_queries_for_three_as_for_one(world, browser, queries_of):
    version, client = world.version(), browser("governor")
    world.proposal("accepted")
    for_one = queries_of(client, sheet(version))

    for _number in range(2):
        world.proposal("accepted")

    assert queries_of(client, sheet(version)) == for_one


def test_one_issue_is_kept_by_the_address(world, browser):
    issue = make_issue()
    plain, serving = world.proposal("accepted"), world.proposal("accepted")
    Proposal.objects.filter(pk=serving.pk).update(issue=issue, serves="issue")
    client, version = browser("governor"), world.version()

    shown = {
        key: [
            candidate.proposal
            for group in client.get(sheet(version), {"issue": key}).context["form"].groups
            for candidate in group.candidates
        ]
        for key in (str(issue.pk), "none", "", "x")
    }

    assert shown == {str(issue.pk): [serving], "none": [plain], "": [serving, plain], "x": []}


def test_head_sets_the_ceiling_and_makes_the_action_plan(world, browser):
    world.proposal("included")
    version, client = world.version(), browser("provincial_head")

    client.post(reverse("planning:version-ceiling", args=[version.pk]), {"ceiling": "๕๐๐,๐๐๐"})
    made = client.post(reverse("planning:version-year", args=[version.pk]), {"year": YEAR})

    yearly = PlanVersion.objects.get(plan__kind=Plan.Kind.YEARLY)
    assert Plan.objects.get(kind=Plan.Kind.FIVE_YEAR).ceiling == Decimal(500_000)
    assert made.headers["Location"] == reverse("planning:version", args=[yearly.pk])
    assert [item.amount for item in yearly.items.all()] == [Decimal(1_250_000)]


@pytest.mark.parametrize("name", ["version-ceiling", "version-year"])
@pytest.mark.parametrize("role", ["governor", "analyst", "village_head"])
def test_only_the_head_of_the_office_keeps_the_plan(world, browser, name, role):
    assert browser(role).get(reverse(f"planning:{name}", args=[world.version().pk])).status_code == 404


def test_changes_between_versions_are_public(world, client):
    first = world.version()
    world.proposal("included")
    head, governor = world.person("provincial_head"), world.person("governor")
    actions.endorse_version(first, resolution=make_resolution(PROVINCE, "province"), by=head)
    actions.adopt_version(first, by=governor)
    second = actions.draft_next_version(first.plan, by=head)
    comes = world.proposal("included")

    page = client.get(reverse("planning:version-changes", args=[second.pk, first.pk]))

    assert [item.proposal for item in page.context["changes"].added] == [comes]
    assert page.context["changes"].same == 1


def test_versions_of_different_plans_are_not_compared(world, client):
    other = actions.open_plan(
        Plan.Kind.YEARLY,
        world.version().plan.area,
        first_year=YEAR,
        last_year=YEAR,
        by=world.person("provincial_head"),
    )

    assert (
        client.get(reverse("planning:version-changes", args=[other.pk, world.version().pk])).status_code
        == 404
    )
