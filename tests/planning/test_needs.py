from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from PIL import Image

from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.planning import actions
from prasan.planning.models import Attachment, Need, Sector
from prasan.planning.queries import files_for, needs_for, point_for, searched
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import TAMBON, VILLAGE, World, make_sector, need_words

POINT = {"latitude": 15.25, "longitude": 103.7}


def photograph() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 140, 60)).save(stream, "JPEG")
    stream.seek(0)
    return stream


def kinds(case: Need) -> list[str]:
    entries = Entry.objects.filter(subject_kind="planning.need", subject_id=str(case.pk))
    return list(entries.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def test_village_head_enters_a_need_of_the_own_village(world: World) -> None:
    need = world.need("entered", title="  ถนนเข้า  หมู่บ้านเป็นหลุม ")

    assert (need.state, need.title) == ("entered", "ถนนเข้า หมู่บ้านเป็นหลุม")
    assert kinds(need) == ["planning.need.begin", "planning.need.enter"]


def test_need_of_another_village_is_refused(world: World) -> None:
    other = make_area("32070402")

    with pytest.raises(Refused, match=r"ผู้ใหญ่บ้าน|village head"):
        actions.draft_need(other, need_words(), by=world.person("village_head"))

    assert Need.objects.count() == 0


@pytest.mark.parametrize("role", ["amphoe_secretary", "agency_officer", "analyst", "governor", "auditor"])
def test_those_above_do_not_enter_needs(world: World, role: str) -> None:
    with pytest.raises(Refused):
        actions.draft_need(world.village, need_words(), by=world.person(role))

    assert Need.objects.count() == 0


def test_kamnan_enters_for_every_village_of_the_tambon_and_no_other(world: World) -> None:
    kamnan = make_holder("kamnan", TAMBON)

    need = actions.draft_need(make_area("32070409"), need_words(), by=kamnan)

    assert need.area_id == "32070409"
    with pytest.raises(Refused):
        actions.draft_need(make_area("32070501"), need_words(), by=kamnan)


def test_need_belongs_to_a_village_not_to_a_tambon(world: World) -> None:
    with pytest.raises(Refused):
        actions.draft_need(make_area(TAMBON), need_words(), by=make_holder("kamnan", TAMBON))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "   "},
        {"title": "ก" * 201},
        {"households": -1},
        {"households": 1_000_000},
        {"latitude": 15.0},
        {"longitude": 103.0},
        {"latitude": 51.5, "longitude": -0.1},
        {"latitude": float("nan"), "longitude": 103.0},
    ],
)
def test_unsound_words_are_refused_and_nothing_is_kept(world: World, fields: dict[str, object]) -> None:
    with pytest.raises(Refused):
        actions.draft_need(world.village, need_words(**fields), by=world.person("village_head"))

    assert Need.objects.count() == 0


def test_closed_sector_is_not_taken_for_a_new_need(world: World) -> None:
    closed = make_sector("safety")
    Sector.objects.filter(pk=closed.pk).update(is_open=False)
    closed.refresh_from_db()

    with pytest.raises(Refused):
        actions.draft_need(world.village, need_words(sector=closed), by=world.person("village_head"))


def test_need_without_households_cannot_be_entered(world: World) -> None:
    need = world.need("draft", households=0)

    with pytest.raises(Refused):
        move(need, "enter", by=world.person("village_head"))

    need.refresh_from_db()
    assert need.state == "draft"


def test_edit_changes_a_draft_only(world: World) -> None:
    need = world.need("draft")

    changed = actions.edit_need(need, need_words(title="ใหม่", households=7), by=world.person("village_head"))

    assert (changed.title, changed.households) == ("ใหม่", 7)
    entered = move(changed, "enter", by=world.person("village_head"))
    with pytest.raises(Refused):
        actions.edit_need(entered, need_words(title="แก้ทีหลัง"), by=world.person("village_head"))
    entered.refresh_from_db()
    assert entered.title == "ใหม่"


def test_entry_in_the_ledger_holds_no_words_of_people(world: World) -> None:
    need = world.need("entered", title="บ้านนางสมศรีน้ำท่วม", description="โทร 0812345678")

    told = str(list(Entry.objects.values_list("before", "after")))

    assert "สมศรี" not in told
    assert "0812345678" not in told
    assert need.search_key != ""


def test_drafts_are_seen_in_the_tambon_only(world: World) -> None:
    draft, entered = world.need("draft"), world.need("entered")

    seen = {
        role: set(needs_for(world.person(role)))
        for role in ("village_head", "tambon_secretary", "amphoe_secretary", "governor", "agency_officer")
    }

    assert seen == {
        "village_head": {draft, entered},
        "tambon_secretary": {draft, entered},
        "amphoe_secretary": {entered},
        "governor": {entered},
        "agency_officer": set(),
    }
    assert list(needs_for(AnonymousUser())) == []


def test_agency_sees_the_needs_behind_what_was_sent_to_it(world: World) -> None:
    sent = world.proposal("forwarded")
    world.need("entered")

    assert list(needs_for(world.person("agency_officer"))) == list(sent.needs.all())


def test_point_is_shown_as_the_village_until_released(world: World) -> None:
    need = world.need("entered", **POINT)
    world.village.latitude, world.village.longitude = 15.2, 103.6
    world.village.save()
    need.refresh_from_db()

    before = point_for(AnonymousUser(), need)
    need = actions.show_point(need, by=world.person("tambon_secretary"), public=True)
    after = point_for(AnonymousUser(), need)

    assert before is not None
    assert after is not None
    assert (before.latitude, before.longitude, before.is_exact) == (15.2, 103.6, False)
    assert (after.latitude, after.longitude, after.is_exact) == (15.25, 103.7, True)
    inside = point_for(world.person("village_head"), world.need("entered", **POINT))
    assert inside is not None
    assert inside.is_exact


def test_moving_the_point_hides_it_again(world: World) -> None:
    need = world.need("entered", **POINT)
    need = actions.show_point(need, by=world.person("tambon_secretary"), public=True)
    need = move(need, "take_back", by=world.person("village_head"))

    words = need_words(latitude=15.3, longitude=103.7)
    need = actions.edit_need(need, words, by=world.person("village_head"))

    assert not need.is_point_public


def test_village_head_does_not_release_a_point(world: World) -> None:
    need = world.need("entered", **POINT)

    with pytest.raises(Refused):
        actions.show_point(need, by=world.person("village_head"), public=True)


def test_photograph_is_public_only_when_released_and_in_the_plan(world: World, files: None) -> None:
    need = world.need("draft")
    photo = actions.attach(need, photograph(), name="ภาพ.jpg", by=world.person("village_head"))
    need = move(need, "enter", by=world.person("village_head"))
    anybody = AnonymousUser()

    seen = [list(files_for(anybody, need))]
    actions.show_file(photo, by=world.person("tambon_secretary"), public=True)
    seen.append(list(files_for(anybody, need)))
    world.proposal("included", needs=[need])
    seen.append(list(files_for(anybody, need)))
    actions.show_file(photo, by=world.person("tambon_secretary"), public=False)
    seen.append(list(files_for(anybody, need)))

    assert seen == [[], [], [photo], []]
    assert list(files_for(world.person("village_head"), need)) == [photo]


def test_file_of_another_village_cannot_be_removed(world: World, files: None) -> None:
    need = world.need("draft")
    photo = actions.attach(need, photograph(), name="ภาพ.jpg", by=world.person("village_head"))

    with pytest.raises(Refused):
        actions.detach(photo, by=make_holder("village_head", "32070402"))

    assert list(Attachment.objects.all()) == [photo]


def test_file_is_removed_while_the_need_is_open(world: World, files: None) -> None:
    need = world.need("draft")
    photo = actions.attach(need, photograph(), name="ภาพ.jpg", by=world.person("village_head"))

    actions.detach(photo, by=world.person("village_head"))

    assert Attachment.objects.count() == 0
    with pytest.raises(Refused):
        actions.detach(photo, by=world.person("village_head"))


def test_files_are_fixed_once_the_need_is_answered(world: World, files: None) -> None:
    need = world.need("answered")

    with pytest.raises(Refused):
        actions.attach(need, photograph(), name="ภาพ.jpg", by=world.person("village_head"))


def test_file_sent_again_is_the_file_that_is_there_even_after_the_need_has_gone_on(
    world: World, files: None
) -> None:
    need, head = world.need(), world.person("village_head")
    photo = actions.attach(need, photograph(), name="ภาพ.jpg", by=head)

    while_open = actions.attach(need, photograph(), name="อีกชื่อ.jpg", by=head)
    world.proposal("submitted", needs=[need])
    later = actions.attach(need, photograph(), name="ภาพ.jpg", by=head)

    assert while_open == later == Attachment.objects.get() == photo
    assert Entry.objects.filter(kind="planning.attachment.added").count() == 1


def test_same_file_may_stand_on_several_needs(world: World, files: None) -> None:
    needs = [world.need(), world.need()]

    for need in needs:
        actions.attach(need, photograph(), name="ภาพ.jpg", by=world.person("village_head"))

    assert [need.attachments.count() for need in needs] == [1, 1]


def test_only_pictures_are_photographs(world: World, files: None) -> None:
    need = world.need("draft")

    with pytest.raises(Refused):
        actions.attach(need, io.BytesIO(b"<script>"), name="ภาพ.jpg", by=world.person("village_head"))

    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ถนนน้ำท่วม", True),
        ("น้ำทวม", True),
        ("ต.เมืองแก", True),
        ("ตำบลเมืองแก", True),
        ("ไฟฟ้า", False),
        ("' OR 1=1 --", False),
        ("%", True),
        ("", True),
    ],
)
def test_needs_are_found_by_words_and_place(world: World, query: str, found: bool) -> None:
    tambon = make_area(TAMBON)
    tambon.name_th = "เมืองแก"
    tambon.save()
    world.village.refresh_from_db()
    need = world.need("entered", title="ถนนหน้าวัดมีน้ำท่วมขัง")

    rows = searched(needs_for(world.person("village_head")), query)

    assert list(rows) == ([need] if found else [])


def test_village_of_the_need_never_changes(world: World) -> None:
    need = world.need("draft")

    actions.edit_need(need, need_words(), by=world.person("village_head"))

    need.refresh_from_db()
    assert need.area_id == VILLAGE
