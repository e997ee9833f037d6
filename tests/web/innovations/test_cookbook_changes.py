"""What is written and not published yet: told to the writers of a cookbook, and to nobody else."""

import pytest
from django.urls import reverse

from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.innovations.models import Innovation
from tests.factories.innovations import make_cookbook, make_owner

pytestmark = pytest.mark.django_db

SAID_OF_A_TITLE = (
    "มีการเขียนเพิ่มหลังจากเผยแพร่",
    "เปลี่ยนเฉพาะชื่อหรือเจ้าของ",
    "เปลี่ยนเฉพาะชื่อหรือเจ้าของ",
)
"""What the page, the form and the list of changes say where nothing but the title is another."""


def address(name, innovation, *more):
    return reverse(f"innovations:{name}", args=[innovation.pk, *more])


def test_reader_who_asks_to_publish_sees_nothing_of_what_is_being_written(client):
    owner, other = make_owner(), make_owner("40")
    cookbook = make_cookbook(owner, "published")
    actions.write_section(cookbook, "cost", "ความลับของร่าง", edits=0, by=owner.writer)
    publish = address("cookbook-act", cookbook.innovation, "publish")
    client.force_login(other.writer)

    answers = [
        client.get(publish),
        client.post(publish, {"note": ""}),
        client.post(publish, {"note": "ก" * 5000}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not any("ความลับของร่าง" in answer.content.decode() for answer in answers)
    client.force_login(owner.writer)
    assert "ความลับของร่าง" in client.get(publish).content.decode()


def test_title_that_was_changed_waits_to_be_published_too(client):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    client.force_login(owner.writer)
    pages = [
        address("cookbook", cookbook.innovation),
        address("cookbook-act", cookbook.innovation, "publish"),
        address("cookbook-changes", cookbook.innovation),
    ]
    before = [client.get(page).content.decode() for page in pages]

    Innovation.objects.update(title="ชื่อใหม่ของนวัตกรรม")
    after = [client.get(page).content.decode() for page in pages]

    assert [words in page for words, page in zip(SAID_OF_A_TITLE, before, strict=True)] == [False] * 3
    assert [words in page for words, page in zip(SAID_OF_A_TITLE, after, strict=True)] == [True] * 3


def test_cookbook_that_was_never_published_has_no_changes_to_show(client):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    client.force_login(owner.writer)

    assert client.get(address("cookbook-changes", cookbook.innovation)).status_code == 404


def test_words_that_were_withdrawn_stay_with_the_writers(client):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    for number, text in enumerate(("ถามป้าแดง 4321", "ถามได้ที่เทศบาล")):
        cookbook = actions.write_section(cookbook, "who", text, edits=number, by=owner.writer).cookbook
        cookbook = actions.publish_cookbook(cookbook, by=owner.writer)
    page = address("cookbook-changes", cookbook.innovation)

    def shown(person=None):
        client.force_login(person) if person else client.logout()
        return "4321" in client.get(page).content.decode()

    before = shown()
    for code in ("withdraw", "bring_back"):
        cookbook = move(cookbook, code, by=owner.writer, note="มีข้อมูลส่วนบุคคล")
    actions.publish_cookbook(cookbook, by=owner.writer)

    assert (before, shown(), shown(owner.writer)) == (True, False, True)
