import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from prasan.accounts.models import User
from prasan.agencies import rules
from prasan.agencies.actions import close_account, open_account, renew_password, reopen_account
from prasan.agencies.models import Posting
from prasan.agencies.queries import people_for, postings_of
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_holder("province_admin", "32")


def new_post(code="3207", role="amphoe_secretary"):
    area = make_area(code)
    return {
        "role": role,
        "agency": make_agency(area),
        "area": area,
        "starts": today(),
        "title_th": "เลขานุการคณะกรรมการอำเภอท่าตูม",
        "title_en": "Secretary, Tha Tum",
    }


def session_of(person):
    store = SessionStore()
    store.create()
    UserSession.objects.create(user=person, ip="127.0.0.1", session_key=store.session_key, user_agent="x")
    return store


def test_account_opens_with_its_first_posting_and_a_temporary_password(admin):
    person, password = open_account("Sec-3207", "เลขานุการ อ.ท่าตูม", by=admin, **new_post())

    assert person.username == "sec-3207"
    assert person.check_password(password)
    assert person.has_temporary_password
    assert [facts.role for facts in postings_of(person)] == ["amphoe_secretary"]
    assert list(Entry.objects.order_by("id").values_list("kind", flat=True)) == [
        "accounts.user.open",
        "agencies.posting.appoint",
    ]


def test_ledger_holds_neither_name_nor_number_nor_password(admin):
    _person, password = open_account(
        "sec-3207", "นางสาวทดสอบ", by=admin, identity_number="1101700230708", **new_post()
    )

    told = " ".join(str(entry.before) + str(entry.after) for entry in Entry.objects.all())

    assert [word for word in ("ทดสอบ", "1101700230708", password) if word in told] == []


@pytest.mark.parametrize(("code", "role"), [("4001", "amphoe_secretary"), ("3207", "governor")])
def test_account_for_a_post_that_one_cannot_give_is_not_opened(admin, code, role):
    with pytest.raises(Refused) as refusal:
        open_account("sec-4001", "เลขานุการ", by=admin, **new_post(code, role))

    assert refusal.value.reason == rules.APPOINT[role].reason
    assert not User.objects.filter(username="sec-4001").exists()


@pytest.mark.parametrize("username", ["ab", "with space", "ชื่อไทย", "a" * 61, "-dash", ""])
def test_user_name_that_cannot_be_typed_everywhere_is_refused(admin, username):
    with pytest.raises(Refused):
        open_account(username, "เลขานุการ", by=admin, **new_post())

    assert not Posting.objects.exclude(person=admin).exists()


def test_user_name_is_taken_whatever_its_case(admin):
    make_person("sec-3207")

    with pytest.raises(Refused, match="sec-3207"):
        open_account("SEC-3207", "เลขานุการ", by=admin, **new_post())


def test_wrong_or_taken_identity_number_is_refused(admin):
    open_account("first", "คนที่หนึ่ง", by=admin, identity_number="1-1017-00230-70-8", **new_post())

    for number in ("1101700230700", "๑๑๐๑๗๐๐๒๓๐๗๐๘"):
        with pytest.raises(Refused):
            open_account("second", "คนที่สอง", by=admin, identity_number=number, **new_post("3208"))

    assert not User.objects.filter(username="second").exists()


def test_closing_an_account_ends_its_sessions_and_its_rights(admin):
    person = make_holder("kamnan", "320704")
    store = session_of(person)

    close_account(person, by=admin)

    assert not User.objects.get(pk=person.pk).is_active
    assert not SessionStore().exists(store.session_key)
    assert not UserSession.objects.filter(user=person).exists()
    assert postings_of(person) == ()
    with pytest.raises(Refused):
        close_account(person, by=admin)


def test_reopened_account_has_its_rights_again(admin):
    person = make_holder("kamnan", "320704")
    close_account(person, by=admin)

    reopen_account(person, by=admin)

    assert [facts.role for facts in postings_of(person)] == ["kamnan"]
    kinds = Entry.objects.filter(subject_kind="accounts.user").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["accounts.user.close", "accounts.user.reopen"]


def test_new_password_replaces_the_old_one_and_ends_sessions(admin):
    person = make_person(password="the-old-password")
    make_posting("kamnan", "320704", person=person)
    store = session_of(person)

    password = renew_password(person, by=admin)

    person.refresh_from_db()
    assert person.check_password(password)
    assert not person.check_password("the-old-password")
    assert person.has_temporary_password
    assert not SessionStore().exists(store.session_key)


@pytest.mark.parametrize("act", [close_account, renew_password])
def test_nobody_acts_on_the_account_of_one_from_a_level_above(admin, act):
    governor = make_holder("governor", "32")
    both = make_holder("kamnan", "320704")
    make_posting("auditor", "32", person=both)

    for person in (governor, both):
        with pytest.raises(Refused):
            act(person, by=admin)

    assert User.objects.filter(is_active=False).count() == 0
    assert not Entry.objects.exists()


@pytest.mark.parametrize("act", [close_account, renew_password])
def test_nobody_acts_on_an_account_of_another_province_or_on_his_own(admin, act):
    for person in (make_holder("kamnan", "400101"), admin, make_person()):
        with pytest.raises(Refused):
            act(person, by=admin)


def test_account_whose_postings_have_ended_is_closed_by_those_who_could_give_the_last(admin):
    former = make_holder("kamnan", "320704", ends=today().replace(year=2024, day=1))

    close_account(former, by=admin)

    assert not User.objects.get(pk=former.pk).is_active


def test_people_seen_are_those_with_a_posting_in_ones_area_and_oneself(admin):
    inside = make_holder("kamnan", "320704")
    make_holder("kamnan", "400101")
    kamnan = make_holder("kamnan", "320705")

    assert set(people_for(admin)) == {admin, inside, kamnan}
    assert list(people_for(kamnan)) == [kamnan]
    assert list(people_for(None)) == []


def test_people_stand_in_thai_dictionary_order(admin):
    for name in ("เมือง", "กำนัน", "แก้ว", "ขวัญ"):
        make_posting("kamnan", "3207", person=make_person(name=name))

    seen = people_for(admin).exclude(pk=admin.pk)

    assert [person.name for person in seen] == ["กำนัน", "แก้ว", "ขวัญ", "เมือง"]
