from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prasan.agencies.queries import forget_standing
from prasan.documents import limits
from prasan.planning import actions
from prasan.planning.models import Attachment, Need
from prasan.planning.queries import needs_for
from tests.factories.agencies import make_area, make_holder
from tests.factories.documents import picture
from tests.factories.planning import make_call, make_sector

ROLES = (
    "village_head",
    "kamnan",
    "tambon_secretary",
    "amphoe_secretary",
    "agency_officer",
    "local_officer",
    "analyst",
    "governor",
    "finance_officer",
)


@pytest.fixture
def outsider(world):
    client = Client()
    client.force_login(make_holder("village_head", "45010101"))
    return client


def need_typed(world, **typed):
    return {
        "title": "ขุดลอกสระน้ำ",
        "area": world.village.pk,
        "sector": make_sector().pk,
        "households": "40",
        **typed,
    }


def upload(shade=110):
    return SimpleUploadedFile("pond.jpg", picture(colour=(10, 120, shade)).read(), "image/jpeg")


def photographed(world, need):
    return actions.attach(need, picture(), name="สระน้ำ", by=world.person("village_head"))


def test_list_takes_as_many_queries_for_three_needs_as_for_one(world, browser, queries_of):
    client = browser("tambon_secretary")
    world.need()
    one = queries_of(client, "/needs/")
    world.need()
    world.need("draft")

    assert queries_of(client, "/needs/") == one <= 14


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_exactly_the_needs_of_its_list(world, browser, role):
    needs = [world.need("draft"), world.need(), world.need("answered"), world.need("withdrawn")]
    client, person = browser(role), world.person(role)

    listed = set(client.get("/needs/").context["frame"].found.values_list("pk", flat=True))
    opened = {need.pk for need in needs if client.get(f"/needs/{need.pk}/").status_code == 200}

    forget_standing(person)
    assert listed == opened == set(needs_for(person).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "address", ["", "edit/", "steps/enter/", "point/", "photos/", "photos/{photo}/", "photos/{photo}/small/"]
)
def test_need_of_another_area_does_not_exist_for_an_outsider(world, outsider, address):
    need = world.need("draft")
    address = f"/needs/{need.pk}/{address.format(photo=photographed(world, need).pk)}"
    posts = address.endswith(("enter/", "point/", "photos/"))

    response = outsider.post(address) if posts else outsider.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/needs/", "/needs/new/", "/needs/1/", "/proposals/", "/routings/1/"])
def test_pages_of_work_ask_a_stranger_to_sign_in(db, client, address):
    response = client.get(address)

    assert response.headers["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("forged", ["0", "999999999", "9" * 30, "1%27", "-1"])
def test_forged_number_is_not_found(world, browser, forged):
    assert browser("tambon_secretary").get(f"/needs/{forged}/").status_code == 404


def test_post_from_another_site_is_refused(world):
    need = world.need("draft")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("village_head"))

    response = client.post(f"/needs/{need.pk}/steps/enter/")

    need.refresh_from_db()
    assert (response.status_code, need.state) == (403, "draft")


def test_village_of_the_post_is_chosen_already(world, browser):
    form = browser("village_head").get("/needs/new/", follow=True).context["form"]

    assert form["area"].value() == world.village.pk


def test_need_with_a_photograph_and_a_point_is_entered_in_one_go(world, browser):
    typed = need_typed(
        world,
        point_latitude="๑๕.๑",
        point_longitude="103.6",
        taken=upload(),
        chosen=[upload(50), upload(200)],
    )

    response = browser("village_head").post("/needs/new/", typed)

    need = Need.objects.get()
    assert response.headers["Location"] == f"/needs/{need.pk}/"
    assert (need.state, need.latitude, need.attachments.count()) == ("entered", 15.1, 3)


def test_point_far_from_the_village_is_refused_and_what_was_typed_stays(world, browser):
    typed = need_typed(world, point_latitude="15.1", point_longitude="99.0")

    response = browser("village_head").post("/needs/new/", typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert f"จุดนี้อยู่ห่างจาก{world.village.title}มาก" in page
    assert 'value="99.0"' in page
    assert not Need.objects.exists()


def test_need_can_be_kept_as_a_draft(world, browser):
    browser("village_head").post("/needs/new/", need_typed(world, households="", draft="1"))

    assert Need.objects.get().state == "draft"


def test_what_cannot_be_entered_yet_stays_as_a_draft_with_the_reason(world, browser):
    response = browser("village_head").post("/needs/new/", need_typed(world, households=""), follow=True)

    assert Need.objects.get().state == "draft"
    assert "กรุณาระบุจำนวนครัวเรือนที่เดือดร้อน" in response.content.decode()


def test_faulty_form_comes_back_with_all_that_was_typed(world, browser):
    typed = need_typed(world, households="สี่สิบกว่า", description="แห้งตั้งแต่เดือนมีนาคม")

    response = browser("village_head").post("/needs/new/", typed)

    assert (response.status_code, Need.objects.count()) == (422, 0)
    page = response.content.decode()
    for words in ("ขุดลอกสระน้ำ", "สี่สิบกว่า", "แห้งตั้งแต่เดือนมีนาคม"):
        assert words in page


def test_village_of_somebody_else_cannot_be_chosen(world, browser):
    other = make_area("32070402")

    response = browser("village_head").post("/needs/new/", need_typed(world, area=other.pk))

    assert (response.status_code, Need.objects.count()) == (422, 0)


def test_photograph_that_is_none_leaves_a_draft_and_says_so(world, browser):
    typed = need_typed(world, taken=SimpleUploadedFile("x.jpg", b"<script>", "image/jpeg"))

    response = browser("village_head").post("/needs/new/", typed, follow=True)

    need = Need.objects.get()
    assert (need.state, need.attachments.count()) == ("draft", 0)
    assert "เก็บเป็นฉบับร่างไว้แล้ว" in response.content.decode()


def test_photograph_too_large_is_refused_in_words(world, browser, monkeypatch):
    monkeypatch.setitem(limits.BYTES, "image", 1000)
    need = world.need("draft")

    response = browser("village_head").post(f"/needs/{need.pk}/photos/", {"taken": upload()}, follow=True)

    assert need.attachments.count() == 0
    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]


def test_photograph_is_added_and_removed_while_the_need_is_open(world, browser):
    need, client = world.need(), browser("village_head")
    client.post(f"/needs/{need.pk}/photos/", {"chosen": [upload(), upload(50)]})
    first = need.attachments.first()

    client.post(f"/needs/{need.pk}/photos/{first.pk}/remove/")

    assert need.attachments.count() == 1


def test_photograph_of_another_need_is_not_found_under_this_one(world, browser):
    need, other = world.need(), world.need()
    photograph = photographed(world, other)

    assert browser("village_head").get(f"/needs/{need.pk}/photos/{photograph.pk}/").status_code == 404


def test_photograph_is_public_only_when_released_and_in_the_plan(world, browser):
    need = world.need()
    photograph = photographed(world, need)
    address = f"/needs/{need.pk}/photos/{photograph.pk}/small/"
    public, secretary = browser("public"), browser("tambon_secretary")
    world.proposal("included", needs=[need])
    before = public.get(address).status_code

    secretary.post(f"/needs/{need.pk}/photos/{photograph.pk}/release/", {"public": "on"})
    shown = public.get(address)
    assert b"".join(shown.streaming_content)
    secretary.post(f"/needs/{need.pk}/photos/{photograph.pk}/release/", {})

    assert (before, shown.status_code, public.get(address).status_code) == (404, 200, 404)


def test_village_head_cannot_release_a_photograph(world, browser):
    need = world.need()
    photograph = photographed(world, need)

    browser("village_head").post(f"/needs/{need.pk}/photos/{photograph.pk}/release/", {"public": "on"})

    assert Attachment.objects.get().released_at is None


def test_point_is_released_and_hidden_by_the_secretary(world, browser):
    need, client = world.need(latitude=15.1, longitude=103.6), browser("tambon_secretary")

    client.post(f"/needs/{need.pk}/point/", {"public": "on"})
    need.refresh_from_db()
    released = need.is_point_public
    client.post(f"/needs/{need.pk}/point/", {})

    need.refresh_from_db()
    assert (released, need.is_point_public) == (True, False)


def test_refused_step_keeps_the_reason_that_was_typed(world, browser):
    need = world.need()

    response = browser("tambon_secretary").post(f"/needs/{need.pk}/steps/enter/", {"note": "ขอเสนอใหม่อีกครั้ง"})

    assert response.status_code == 422
    assert response.context["typed"] == "ขอเสนอใหม่อีกครั้ง"
    assert str(response.context["refusal"]) in response.content.decode()


@pytest.mark.parametrize("code", ["answer", "reopen", "nonsense"])
def test_steps_that_have_no_button_have_no_address(world, browser, code):
    need = world.need()

    assert browser("village_head").post(f"/needs/{need.pk}/steps/{code}/").status_code == 404


def test_draft_is_changed(world, browser):
    need = world.need("draft", latitude=15.1, longitude=103.6)
    typed = need_typed(world, title="สร้างฝาย", point_latitude="15.2", point_longitude="103.6")

    response = browser("village_head").post(f"/needs/{need.pk}/edit/", typed)

    need.refresh_from_db()
    assert (response.status_code, need.title, need.latitude) == (302, "สร้างฝาย", 15.2)


@pytest.mark.parametrize(("button", "state"), [({}, "entered"), ({"draft": "1"}, "draft")])
def test_draft_is_entered_from_its_form_unless_it_is_to_stay_one(world, browser, button, state):
    need = world.need("draft")

    browser("village_head").post(f"/needs/{need.pk}/edit/", need_typed(world, **button))

    need.refresh_from_db()
    assert need.state == state


def test_entered_need_is_not_changed_and_what_was_typed_stays(world, browser):
    need = world.need()

    response = browser("village_head").post(f"/needs/{need.pk}/edit/", need_typed(world, title="สร้างฝายแทน"))

    assert response.status_code == 422
    assert "สร้างฝายแทน" in response.content.decode()


def test_search_and_filters_narrow_the_list(world, browser):
    world.need(title="ขุดลอกหนองแวง")
    world.need("withdrawn", title="ขุดลอกหนองบัว")
    client = browser("tambon_secretary")

    def titles(asked):
        return [need.title for need in client.get(f"/needs/{asked}").context["frame"].rows]

    assert titles("?q=หนองแวง") == ["ขุดลอกหนองแวง"]
    assert titles("?state=withdrawn") == ["ขุดลอกหนองบัว"]
    assert titles("?by=me") == []
    assert titles(f"?area={world.village.pk}") == ["ขุดลอกหนองบัว", "ขุดลอกหนองแวง"]


def test_need_is_handed_in_with_few_questions_to_the_database(world, browser):
    client = browser("village_head")
    make_call(world)
    client.post("/needs/new/", need_typed(world))

    with CaptureQueriesContext(connection) as taken:
        answer = client.post("/needs/new/", need_typed(world, form_key=str(uuid4())))

    assert (answer.status_code, Need.objects.filter(state="entered").count()) == (302, 2)
    assert len(taken) <= 30, "\n".join(query["sql"][:120] for query in taken)
