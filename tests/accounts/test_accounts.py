import pytest
from django.db import IntegrityError, connection, transaction

from prasan.accounts.actions import create_account
from prasan.accounts.identity import identity_digest
from prasan.accounts.models import User
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


def test_user_names_differ_in_more_than_case():
    make_person("kamnan-320704")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_person("KAMNAN-320704")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="Kamnan-2", name="ก")])


def test_person_without_a_password_cannot_sign_in_by_one():
    assert not make_person().has_usable_password()


def test_sort_key_follows_the_name():
    person = make_person(name="เมือง")
    before = person.sort_key

    person.name = "กำนัน"
    person.save()

    assert User.objects.get(pk=person.pk).sort_key == person.sort_key
    assert person.sort_key < before


def test_no_one_is_a_superuser():
    assert not hasattr(make_person(), "is_superuser")
    assert not hasattr(User.objects, "create_superuser")


def test_identity_digest_is_one_for_every_way_of_writing_the_number():
    ways = {identity_digest(way) for way in ("1101700230708", "1-1017-00230-70-8", "๑๑๐๑๗๐๐๒๓๐๗๐๘")}

    assert len(ways) == 1
    assert "1101700230708" not in ways.pop()


def test_temporary_passwords_are_long_and_never_the_same():
    passwords = {create_account(f"new-{n}", "ชื่อ", by=None)[1] for n in range(3)}

    assert len(passwords) == 3
    assert {len(password) for password in passwords} == {19}


def test_table_of_the_cache_comes_with_the_migrations():
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, "cache")}

    assert columns == {"cache_key", "value", "expires"}
