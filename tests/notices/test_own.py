"""What a person does with his own letters, and that nobody does it with another's."""

from __future__ import annotations

import pytest
import time_machine

from prasan.agencies.queries import decide, within_reach
from prasan.kernel.refusals import Refused
from prasan.notices.actions import mark_read, switch_mail
from prasan.notices.models import Letter, WithoutMail
from prasan.notices.queries import letters_for, unread_letters_of, wants_mail
from prasan.notices.rules import READ_LETTER
from tests.factories.accounts import make_person
from tests.factories.agencies import make_holder
from tests.factories.notices import make_letter

pytestmark = pytest.mark.django_db

POSTS = ("village_head", "provincial_head", "governor", "province_admin", "ministry_officer", "auditor")


@pytest.mark.parametrize("role", POSTS)
def test_no_post_reads_the_letters_of_others(role: str) -> None:
    letter, officer = make_letter(), make_holder(role)

    assert not decide(officer, READ_LETTER, letter)
    assert list(within_reach(officer, READ_LETTER, Letter.objects.all())) == []
    with pytest.raises(Refused):
        mark_read(letter, by=officer)
    letter.refresh_from_db()
    assert letter.is_unread


def test_stranger_has_no_letters() -> None:
    make_letter()

    assert list(letters_for(None)) == []


def test_letter_counts_as_read_from_its_first_opening_on() -> None:
    letter = make_letter()
    with time_machine.travel("2026-11-10T09:00:00+07:00", tick=False):
        first = mark_read(letter, by=letter.person).read_at
    with time_machine.travel("2026-11-11T09:00:00+07:00", tick=False):
        again = mark_read(letter, by=letter.person).read_at

    assert first == again
    assert unread_letters_of(letter.person) == 0


def test_own_letters_come_newest_first_and_unread_ones_are_counted() -> None:
    person = make_person()
    letters = [make_letter(person) for _number in range(3)]
    make_letter()
    mark_read(letters[1], by=person)

    assert list(letters_for(person)) == letters[::-1]
    assert unread_letters_of(person) == 2


def test_mail_is_switched_off_and_on_any_number_of_times() -> None:
    person, other = make_person(), make_person()
    for on in (False, False, True, True, False):
        switch_mail(by=person, on=on)

    assert (wants_mail(person), wants_mail(other)) == (False, True)
    assert WithoutMail.objects.count() == 1
