"""Cookbooks: begun from an innovation, written by several at once, published in versions."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils.translation import override
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.cases.actions import move
from prasan.documents.models import File
from prasan.innovations import actions
from prasan.innovations.models import Cookbook, CookbookSection
from prasan.innovations.papers.cookbook import words_of_cookbook, write_cookbook
from prasan.innovations.queries import (
    changes_between,
    content_now,
    cookbooks_for,
    files_for,
    published_of,
    sections_of,
)
from prasan.kernel.digits import to_thai
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import make_holder
from tests.factories.documents import pdf
from tests.factories.innovations import STEPS, TOLD, make_cookbook, make_innovation, make_owner

pytestmark = pytest.mark.django_db


def kinds(cookbook):
    rows = Entry.objects.filter(subject_kind="innovations.cookbook", subject_id=str(cookbook.pk))
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_it_begins_with_the_words_of_the_innovation_and_only_once():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")

    first = actions.begin_cookbook(innovation, by=owner.writer)
    second = actions.begin_cookbook(innovation, by=owner.ministry)

    told = {each.code: each.text for each in sections_of(first) if each.text}
    assert first == second
    assert told == {"hurt": TOLD.pain_point, "steps": TOLD.solution, "benefit": TOLD.impact}
    assert [each.code for each in sections_of(first)] == CookbookSection.Code.values
    assert Cookbook.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "proposed"])
def test_only_of_what_is_in_the_register(state):
    owner = make_owner()

    with pytest.raises(Refused, match="ทะเบียน"):
        actions.begin_cookbook(make_innovation(owner, state), by=owner.writer)


def test_its_agency_and_the_ministry_write_it_and_nobody_else():
    owner, other = make_owner(), make_owner("40")
    cookbook = make_cookbook(owner)

    for stranger in (other.writer, make_holder("governor", "32"), make_holder("auditor", "32")):
        for act in (
            lambda by: actions.begin_cookbook(cookbook.innovation, by=by),
            lambda by: actions.write_section(cookbook, "cost", "ไม่มี", edits=0, by=by),
            lambda by: actions.add_cookbook_file(cookbook, title="แบบ", stream=pdf(), name="a.pdf", by=by),
            lambda by: actions.publish_cookbook(cookbook, by=by),
            lambda by: move(cookbook, "withdraw", by=by, note="เหตุผล"),
        ):
            with pytest.raises(Refused):
                act(stranger)
    saved = actions.write_section(cookbook, "cost", "ไม่ใช้งบประมาณ", edits=0, by=owner.ministry)

    assert (saved.edits, saved.edited_by) == (1, owner.ministry)


def test_draft_is_for_its_writers_and_the_published_one_for_everybody():
    owner, other = make_owner(), make_owner("40")
    draft, published = make_cookbook(owner), make_cookbook(owner, "published")
    withdrawn = move(make_cookbook(owner, "published"), "withdraw", by=owner.writer, note="ข้อมูลเก่า")
    everybody = {"writer": owner.writer, "ministry": owner.ministry, "other": other.writer, "public": None}

    seen = {
        name: {each.pk for each in cookbooks_for(who)} & {draft.pk, published.pk, withdrawn.pk}
        for name, who in everybody.items()
    }

    everything = {draft.pk, published.pk, withdrawn.pk}
    assert seen == {
        "writer": everything,
        "ministry": everything,
        "other": {published.pk},
        "public": {published.pk},
    }


def test_cookbook_of_a_withdrawn_innovation_is_read_by_nobody_outside():
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    move(cookbook.innovation, "withdraw", by=owner.writer, note="ยกเลิก")

    assert not cookbooks_for(None).exists()
    with pytest.raises(Refused, match="ทะเบียน"):
        actions.publish_cookbook(cookbook, by=owner.writer)


def test_second_of_two_writers_gets_both_texts_and_writes_nothing_over():
    owner = make_owner()
    cookbook = make_cookbook(owner)
    actions.write_section(cookbook, "cost", "หนึ่งหมื่นบาท", edits=0, by=owner.ministry)

    with pytest.raises(actions.Overtaken) as overtaken:
        actions.write_section(cookbook, "cost", "สองหมื่นบาท", edits=0, by=owner.writer)

    assert (overtaken.value.section.text, overtaken.value.section.edits) == ("หนึ่งหมื่นบาท", 1)
    assert cookbook.sections.get(code="cost").text == "หนึ่งหมื่นบาท"
    joined = actions.write_section(cookbook, "cost", "หนึ่งถึงสองหมื่นบาท", edits=1, by=owner.writer)
    assert joined.edits == 2


def test_same_words_twice_are_one_edit():
    owner = make_owner()
    cookbook = make_cookbook(owner)
    before = len(kinds(cookbook))

    actions.write_section(cookbook, "cost", "ไม่มี", edits=0, by=owner.ministry)
    again = actions.write_section(cookbook, "cost", " ไม่มี\n", edits=0, by=owner.writer)

    assert (again.edits, again.edited_by) == (1, owner.ministry)
    assert kinds(cookbook)[before:] == ["innovations.cookbook.written"]


@given(st.lists(st.tuples(st.integers(0, 2), st.text("กขคab \n", max_size=6)), max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whoever_writes_in_whatever_order_loses_nothing(acts):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    read = dict.fromkeys(range(3), ("", 0))
    told, edits = "", 0

    for writer, words in acts:
        try:
            saved = actions.write_section(cookbook, "who", words, edits=read[writer][1], by=owner.writer)
        except actions.Overtaken as overtaken:
            assert read[writer][1] < edits
            read[writer] = (overtaken.section.text, overtaken.section.edits)
        else:
            assert read[writer][1] == edits or saved.text == told
            edits += saved.text != told
            told = saved.text
            read[writer] = (told, edits)
        kept = cookbook.sections.get(code="who")
        assert (kept.text, kept.edits) == (told, edits)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_save_at_the_same_moment_one_is_kept_and_the_other_told():
    owner = make_owner()
    cookbook = make_cookbook(owner)
    start = Barrier(2)

    def save(words):
        start.wait()
        try:
            return actions.write_section(cookbook, "who", words, edits=0, by=owner.writer)
        except actions.Overtaken as overtaken:
            return overtaken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, ["ก", "ข"]))

    kept = cookbook.sections.get(code="who")
    (saved,) = [each for each in answers if isinstance(each, CookbookSection)]
    (told,) = [each for each in answers if isinstance(each, actions.Overtaken)]
    assert (kept.text, kept.edits) == (saved.text, 1)
    assert told.section.text == saved.text


def test_one_that_says_not_what_to_do_is_not_published():
    owner = make_owner()
    cookbook = make_cookbook(owner)
    actions.write_section(cookbook, "steps", "- - -", edits=1, by=owner.writer)

    with pytest.raises(Refused, match="ทีละขั้น"):
        actions.publish_cookbook(cookbook, by=owner.writer)
    assert not cookbook.versions.exists()


def test_publishing_keeps_what_is_read_and_writing_on_changes_nothing_of_it():
    owner = make_owner()
    cookbook = make_cookbook(owner)
    cookbook = actions.publish_cookbook(cookbook, by=owner.writer)
    with pytest.raises(Refused, match="ไม่มีอะไรเปลี่ยน"):
        actions.publish_cookbook(cookbook, by=owner.writer)
    actions.write_section(cookbook, "cost", "ไม่ใช้งบประมาณ", edits=0, by=owner.writer)
    first = published_of(cookbook)
    cookbook = actions.publish_cookbook(cookbook, by=owner.writer)

    second = published_of(cookbook)
    changes = changes_between(first.content, second.content)
    assert (first.number, first.content["sections"]["cost"]) == (1, "")
    assert (second.number, second.content["sections"]["cost"]) == (2, "ไม่ใช้งบประมาณ")
    assert [
        (each.section.value, [(run.how, run.text) for run in each.words]) for each in changes.sections
    ] == [("cost", [("added", "ไม่ใช้งบประมาณ")])]
    assert second.content["measures"][0]["value"] == "12"
    entry = Entry.objects.filter(kind="innovations.cookbook.publish").latest("id")
    assert (entry.after["version"], "งบประมาณ" in str(entry.after)) == (2, False)


def test_withdrawn_one_is_closed_to_writers_until_it_is_brought_back_with_a_reason():
    owner = make_owner()
    cookbook = move(make_cookbook(owner, "published"), "withdraw", by=owner.writer, note="ข้อมูลเก่า")

    with pytest.raises(Refused, match="นำกลับ"):
        actions.write_section(cookbook, "cost", "ไม่มี", edits=0, by=owner.writer)
    with pytest.raises(Refused):
        move(cookbook, "bring_back", by=owner.writer)
    draft = move(cookbook, "bring_back", by=owner.writer, note="ปรับปรุงแล้ว")

    assert published_of(draft) is None
    again = actions.publish_cookbook(draft, by=owner.writer)
    assert published_of(again).number == 1  # it reads as before


def test_file_is_public_with_the_version_that_names_it_and_stays_with_it(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    kept = actions.add_cookbook_file(cookbook, title="แบบคำขอ", stream=pdf(), name="a.pdf", by=owner.writer)
    again = actions.add_cookbook_file(cookbook, title="แบบคำขอ", stream=pdf(), name="b.pdf", by=owner.writer)
    with pytest.raises(Refused, match="มีไฟล์นี้อยู่แล้วในชื่อ “แบบคำขอ”"):
        actions.add_cookbook_file(cookbook, title="อื่น", stream=pdf(), name="b.pdf", by=owner.writer)
    unpublished = list(files_for(None, cookbook))
    cookbook = actions.publish_cookbook(cookbook, by=owner.writer)

    assert (kept, unpublished, list(files_for(None, cookbook))) == (again, [], [kept])
    actions.remove_cookbook_file(kept, by=owner.writer)
    assert list(files_for(None, cookbook)) == [kept]
    actions.publish_cookbook(cookbook, by=owner.writer)
    assert list(files_for(None, cookbook)) == []
    with pytest.raises(Refused, match="แล้ว"):
        actions.remove_cookbook_file(kept, by=owner.writer)


def test_file_that_was_never_published_goes_with_its_last_link(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.FILES_DIR = tmp_path
    owner = make_owner()
    cookbook = make_cookbook(owner)
    kept = actions.add_cookbook_file(cookbook, title="แบบคำขอ", stream=pdf(), name="a.pdf", by=owner.writer)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_cookbook_file(kept, by=owner.writer)

    assert (cookbook.files.count(), File.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        actions.add_cookbook_file(
            cookbook, title="แฟ้ม", stream=io.BytesIO(b"MZ"), name="x.exe", by=owner.writer
        )


@pytest.mark.parametrize("code", ["", "nonsense", "state"])
def test_no_other_part_can_be_written(code):
    owner = make_owner()

    with pytest.raises(Refused):
        actions.write_section(make_cookbook(owner), code, "x", edits=0, by=owner.writer)


def test_too_long_a_text_is_refused_and_hidden_characters_go():
    owner = make_owner()
    cookbook = make_cookbook(owner)

    with pytest.raises(Refused, match="8000"):
        actions.write_section(cookbook, "who", "ก" * 10_000, edits=0, by=owner.writer)
    with pytest.raises(Refused, match="200 บรรทัด"):
        actions.write_section(cookbook, "who", "\n".join("ก" * 201), edits=0, by=owner.writer)
    actions.write_section(cookbook, "who", "\n".join("ก" * 200), edits=0, by=owner.writer)
    saved = actions.write_section(cookbook, "who", "ก\u200bข\x00", edits=1, by=owner.writer)

    assert saved.text == "กข"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("1. ประชุม", "ประชุม"),
        ("๒) ประชุม", "ประชุม"),
        ("- ประชุม", "ประชุม"),
        ("1.5 เมตร", "1.5 เมตร"),
        ("2568 เริ่ม", "2568 เริ่ม"),
        ("3.", "3."),
    ],
)
def test_number_that_people_type_before_a_step_is_not_shown_twice(typed, line):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    actions.write_section(cookbook, "steps", typed, edits=1, by=owner.writer)
    published = published_of(actions.publish_cookbook(cookbook, by=owner.writer))

    (steps,) = [part for part in words_of_cookbook(published).parts if part.code == "steps"]

    assert (steps.is_numbered, steps.lines) == (True, [line])


def test_word_document_says_what_the_page_says_in_thai_digits():
    owner = make_owner()
    published = published_of(make_cookbook(owner, "published"))
    stream = io.BytesIO()
    with override("th"):
        words = words_of_cookbook(published)
        write_cookbook(stream, words)

    stream.seek(0)
    document = Document(stream)
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    steps = [f"{number}. {line}" for number, line in enumerate(STEPS.split("\n"), start=1)]
    for told in (words.title, words.owner, *steps, *(part.label for part in words.parts)):
        assert to_thai(told) in lines
    assert cells[:4] == list(words.figure_heads)
    assert to_thai("12 นาที (2568)") in cells
    assert content_now(published.cookbook) == published.content
