import pytest

from prasan.planning import actions
from prasan.web.planning.work import beginnings_for, work_for
from tests.factories.planning import PROVINCE, make_resolution, need_words


@pytest.mark.parametrize(
    ("role", "state", "address"),
    [
        ("village_head", "draft", "/proposals/{proposal}/"),
        ("tambon_secretary", "submitted", "/proposals/{proposal}/"),
        ("amphoe_secretary", "amphoe_review", "/proposals/{proposal}/"),
        ("agency_officer", "forwarded", "/routings/{routing}/"),
        ("governor", "accepted", "/proposals/{proposal}/"),
    ],
)
def test_what_waits_leads_to_its_page(world, browser, role, state, address):
    proposal = world.proposal(state)
    routing = proposal.routings.first()
    expected = address.format(proposal=proposal.pk, routing=routing.pk if routing else "")

    waiting = [item.address for item in work_for(world.person(role))]

    assert expected in waiting
    assert browser(role).get(expected).status_code == 200


def test_endorsed_plan_waits_for_the_governor(world, browser):
    world.proposal("included")
    version = world.version()
    resolution = make_resolution(PROVINCE, "province")
    actions.endorse_version(version, resolution=resolution, by=world.person("provincial_head"))

    waiting = [item.address for item in work_for(world.person("governor"))]

    assert waiting == [f"/plan/versions/{version.pk}/"]
    assert browser("governor").get("/my/").status_code == 200


def test_draft_waits_for_its_village_and_its_author_and_troubles_nobody_else(world):
    need, proposal = world.need("draft"), world.proposal()
    author = world.person("tambon_secretary")
    own = actions.draft_need(world.village, need_words(), by=author)

    def drafts(role):
        return {item.address for item in work_for(world.person(role)) if item.icon == "pencil"}

    assert drafts("village_head") == {f"/needs/{need.pk}/", f"/needs/{own.pk}/", f"/proposals/{proposal.pk}/"}
    assert drafts("tambon_secretary") == {f"/needs/{own.pk}/"}
    assert drafts("kamnan") == set()


def test_telling_of_a_need_is_offered_to_those_who_may(world, browser):
    assert [each.address for each in beginnings_for(world.person("village_head"))] == ["/needs/new/"]
    assert list(beginnings_for(world.person("agency_officer"))) == []
    assert "แจ้งความต้องการ" in browser("village_head").get("/my/").content.decode()


@pytest.mark.parametrize("role", ["village_head", "tambon_secretary", "governor"])
def test_desk_has_one_primary_act_at_most(world, browser, role):
    shown = browser(role).get("/my/").content.decode()

    assert shown.count("btn-primary") == (role != "governor")
    assert ('href="/overview/"' in shown) == (role != "village_head")
