from datetime import UTC, datetime

import pytest

from prasan.web.shell import desk
from prasan.web.shell.work import WorkItem
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


def item(title, day):
    return WorkItem(title, "ตรวจสอบ", datetime(2024, 8, day, tzinfo=UTC), f"/{title}/", area="ตำบลเมืองแก")


def test_work_of_all_rooms_stands_oldest_first(client, monkeypatch):
    monkeypatch.setattr(
        desk, "SOURCES", (lambda person: [item("ค", 3), item("ก", 1)], lambda person: iter([item("ข", 2)]))
    )
    client.force_login(make_person())

    response = client.get("/my/")

    assert [waiting.title for waiting in response.context["work"]] == ["ก", "ข", "ค"]
    assert "มี 3 เรื่องรอท่านดำเนินการ" in response.content.decode()
    assert '<a href="/ก/">ก</a>' in response.content.decode()


def test_work_is_asked_for_the_person_who_reads(client, monkeypatch):
    asked = []
    monkeypatch.setattr(desk, "SOURCES", (lambda person: asked.append(person) or [],))
    person = make_person()
    client.force_login(person)

    client.get("/my/")

    assert asked == [person]
