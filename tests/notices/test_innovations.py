"""Letters about what becomes of an innovation: lessons for its owner, orders and reports."""

from __future__ import annotations

import pytest

from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.ledger.models import Entry
from prasan.notices.actions import write_letters
from prasan.notices.models import Letter
from tests.factories.agencies import make_agency, make_holder
from tests.factories.innovations import make_adoption, make_innovation, make_order, make_owner

pytestmark = pytest.mark.django_db


def letters_of(kind: str) -> list[Letter]:
    entry = Entry.objects.filter(kind=kind).latest("id")
    write_letters(entry.pk)
    write_letters(entry.pk)
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def test_officers_of_the_owner_hear_of_lessons_but_not_their_words() -> None:
    owner = make_owner()
    colleague = make_holder("analyst", "32", agency=owner.agency)
    make_holder("agency_officer", "40")
    agency = make_agency("40")
    adoption = make_adoption(make_innovation(owner, "registered"), agency)
    officer = make_holder("agency_officer", "40", agency=agency)
    actions.write_lessons(adoption, result="ลดลงครึ่งหนึ่ง", lessons="ต้องมีคนดูแล", by=officer)

    letters = letters_of("innovations.adoption.lessons")

    assert {letter.person for letter in letters} == {owner.writer, colleague}
    assert len(letters) == 2
    assert agency.name_th in letters[0].words
    assert "คนดูแล" not in letters[0].words


def test_order_tells_the_receiver_and_its_report_the_giver(client) -> None:
    owner = make_owner()
    agency = make_agency("40")
    officer = make_holder("agency_officer", "40", agency=agency)
    order = make_order(make_innovation(owner, "registered"), agency, by=owner.ministry)
    given = letters_of("innovations.order.begin")
    move(order, "acknowledge", by=officer)
    actions.report_order(order, report="เชื่อมแล้ว", by=officer)
    reported = letters_of("innovations.order.report")
    move(order, "return", by=owner.ministry, note="ขอให้ครบทุกจังหวัด")
    returned = letters_of("innovations.order.return")

    people = [[letter.person for letter in each] for each in (given, reported, returned)]
    assert people == [[officer], [owner.ministry], [officer]]
    client.force_login(officer)
    page = client.get(f"/my/letters/{returned[0].pk}/").content.decode()
    assert f"/innovations/orders/{order.pk}/" in page
    assert "ขอให้ครบทุกจังหวัด" in page
