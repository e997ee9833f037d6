from datetime import date, timedelta

import pytest
from django.utils import translation

from prasan.agencies import rules
from prasan.agencies.actions import appoint, delegate, end_posting
from prasan.agencies.models import Posting, Role
from prasan.agencies.queries import decide, postings_of, roles_given_by
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting

pytestmark = pytest.mark.django_db

TITLES = {"title_th": "ปลัดอำเภอท่าตูม", "title_en": "Deputy of Tha Tum"}


@pytest.fixture
def admin():
    return make_holder("province_admin", "32")


@pytest.fixture
def ministry():
    return make_holder("ministry_officer")


def kinds(posting):
    entries = Entry.objects.filter(subject_kind="agencies.posting", subject_id=str(posting.pk))
    return list(entries.order_by("id").values_list("kind", flat=True))


def test_appointment_gives_rights_at_once_and_is_recorded_with_the_posting_that_gave_it(admin):
    person, area = make_person(), make_area("3207")
    agency = make_agency(area)
    assert postings_of(person) == ()

    posting = appoint(
        person, role="amphoe_secretary", agency=agency, area=area, starts=today(), by=admin, **TITLES
    )

    assert [facts.id for facts in postings_of(person)] == [posting.pk]
    entry = Entry.objects.get(kind="agencies.posting.appoint")
    assert (entry.subject_id, entry.actor_id, entry.posting_id) == (
        str(posting.pk),
        admin.pk,
        postings_of(admin)[0].id,
    )
    assert entry.after == {
        "person": person.pk,
        "role": "amphoe_secretary",
        "agency": agency.pk,
        "area": "3207",
        "starts": today().isoformat(),
        "ends": None,
    }


@pytest.mark.parametrize("giver", rules.ROLES)
def test_each_role_gives_exactly_the_roles_listed(giver):
    by = make_holder(giver, "TH" if giver == "ministry_officer" else "32")
    area = make_area("3207")
    post = {"agency": make_agency(area), "area": area, "starts": today(), "by": by, **TITLES}

    for role in rules.ROLES:
        person = make_person()
        if role in rules.GIVES.get(giver, ()):
            assert appoint(person, role=role, **post).role_id == role
        else:
            with pytest.raises(Refused) as refusal:
                appoint(person, role=role, **post)
            assert refusal.value.reason == rules.APPOINT[role].reason

    given = Posting.objects.exclude(person=by).values_list("role", flat=True)
    assert set(given) == set(rules.GIVES.get(giver, ()))


def test_roles_offered_are_those_that_can_be_given(admin, ministry):
    given = {role.code for role in roles_given_by(admin)}

    assert given == set(rules.GIVES["province_admin"])
    assert {role.code for role in roles_given_by(ministry)} == set(rules.GIVES["ministry_officer"])
    assert list(roles_given_by(make_holder("governor", "32"))) == []


def test_table_of_roles_holds_the_roles_that_rights_name():
    assert tuple(Role.objects.order_by("order").values_list("code", flat=True)) == rules.ROLES


def test_administrator_cannot_appoint_outside_his_province(admin):
    area = make_area("4001")

    with pytest.raises(Refused, match=str(rules.APPOINT["kamnan"].reason)):
        appoint(
            make_person(),
            role="kamnan",
            agency=make_agency("32"),
            area=area,
            starts=today(),
            by=admin,
            **TITLES,
        )


def test_administrator_cannot_post_to_an_agency_outside_his_province(admin):
    agency = make_agency("TH")

    with pytest.raises(Refused):
        appoint(
            make_person(),
            role="agency_officer",
            agency=agency,
            area=make_area("32"),
            starts=today(),
            by=admin,
            **TITLES,
        )


def test_nobody_appoints_himself(admin):
    area = make_area("3207")

    with pytest.raises(Refused) as refusal:
        appoint(
            admin, role="analyst", agency=make_agency(area), area=area, starts=today(), by=admin, **TITLES
        )

    assert refusal.value.reason == rules.APPOINT["analyst"].barred_reason


def test_former_administrator_appoints_nobody():
    former = make_holder("province_admin", "32", ends=today() - timedelta(days=1))
    area = make_area("3207")

    with pytest.raises(Refused):
        appoint(
            make_person(),
            role="kamnan",
            agency=make_agency(area),
            area=area,
            starts=today(),
            by=former,
            **TITLES,
        )


def test_village_has_one_head_at_a_time(admin):
    head = make_posting("village_head", "32070401")
    new = {"role": "village_head", "agency": head.agency, "area": head.area, "by": admin, **TITLES}

    with pytest.raises(Refused):
        appoint(make_person(), starts=today(), **new)
    end_posting(head, on=today(), by=admin)
    successor = appoint(make_person(), starts=today() + timedelta(days=1), **new)

    assert successor.starts > head.ends
    assert Posting.objects.filter(role="village_head").count() == 2


def test_one_person_holds_the_same_post_once(admin):
    area = make_area("3207")
    post = {"role": "analyst", "agency": make_agency(area), "area": area, "by": admin, **TITLES}
    person = make_person()
    appoint(person, starts=date(2026, 1, 1), ends=date(2026, 6, 30), **post)

    with pytest.raises(Refused):
        appoint(person, starts=date(2026, 6, 30), **post)
    later = appoint(person, starts=date(2026, 7, 1), **post)
    with pytest.raises(Refused):
        appoint(person, starts=date(2025, 1, 1), **post)
    earlier = appoint(person, starts=date(2025, 1, 1), ends=date(2025, 12, 31), **post)

    assert (earlier.starts, later.starts) == (date(2025, 1, 1), date(2026, 7, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_th": " "},
        {"role": "king"},
        {"ends": date(2019, 1, 1)},
    ],
)
def test_impossible_posting_is_refused_and_leaves_nothing(wrong):
    area = make_area("3207")
    post = {
        "role": "analyst",
        "agency": make_agency(area),
        "area": area,
        "starts": date(2020, 1, 1),
        **TITLES,
    }

    with pytest.raises(Refused):
        appoint(make_person(), by=None, **{**post, **TITLES, **wrong})

    assert not Posting.objects.exists()
    assert not Entry.objects.exists()


def test_closed_account_cannot_be_appointed(admin):
    area = make_area("3207")

    with pytest.raises(Refused):
        appoint(
            make_person(is_active=False),
            role="analyst",
            agency=make_agency(area),
            area=area,
            starts=today(),
            by=admin,
            **TITLES,
        )


def test_acting_governor_decides_as_governor_within_the_dates_of_the_delegation(ministry):
    governor = make_posting("governor", "32", title_th="ผู้ว่าราชการจังหวัดสุรินทร์")
    deputy = make_person()
    row = make_area("3207")
    right = rules.VIEW_PEOPLE

    acting = delegate(governor, deputy, starts=today(), ends=today() + timedelta(days=7), by=ministry)

    assert acting.title_th == "รักษาราชการแทนผู้ว่าราชการจังหวัดสุรินทร์"
    assert acting.acting_for == governor
    assert decide(deputy, right, make_posting("kamnan", row)).posting == acting.pk
    assert kinds(acting) == ["agencies.posting.delegate"]
    assert [facts.id for facts in postings_of(deputy, on=today() + timedelta(days=8))] == []


def test_holder_delegates_his_own_posting():
    governor = make_posting("governor", "32")

    acting = delegate(governor, make_person(), starts=today(), ends=today(), by=governor.person)

    assert acting.role_id == "governor"
    assert Entry.objects.get(kind="agencies.posting.delegate").posting_id == governor.pk


@pytest.mark.parametrize("role", ["province_admin", "provincial_head", "kamnan"])
def test_nobody_below_delegates_for_the_governor(role):
    governor = make_posting("governor", "32")

    with pytest.raises(Refused):
        delegate(governor, make_person(), starts=today(), ends=today(), by=make_holder(role, "32"))


def test_delegation_is_not_passed_on(ministry):
    governor = make_posting("governor", "32")
    acting = delegate(governor, make_person(), starts=today(), ends=today(), by=ministry)

    with pytest.raises(Refused):
        delegate(acting, make_person(), starts=today(), ends=today(), by=acting.person)


def test_nobody_acts_for_himself_or_for_a_posting_that_ended(ministry):
    governor = make_posting("governor", "32")
    past = make_posting("governor", "40", ends=today() - timedelta(days=1))

    with pytest.raises(Refused):
        delegate(governor, governor.person, starts=today(), ends=today(), by=ministry)
    with pytest.raises(Refused):
        delegate(past, make_person(), starts=today(), ends=today(), by=ministry)


def test_nobody_acts_for_a_posting_after_its_last_day(ministry):
    last_day = today() + timedelta(days=7)
    governor = make_posting("governor", "32", ends=last_day)

    with translation.override("en"), pytest.raises(Refused) as refusal:
        delegate(
            governor, make_person(), starts=today(), ends=last_day + timedelta(days=1), by=governor.person
        )
    acting = delegate(governor, make_person(), starts=today(), ends=last_day, by=governor.person)

    assert "its own last day" in str(refusal.value.reason)
    assert list(governor.delegations.all()) == [acting]


def test_administrator_cannot_let_himself_act_for_another(admin):
    head = make_posting("provincial_head", "32")

    with pytest.raises(Refused) as refusal:
        delegate(head, admin, starts=today(), ends=today(), by=admin)

    assert refusal.value.reason == rules.APPOINT["provincial_head"].barred_reason


def test_posting_ends_with_its_last_day_and_the_end_is_recorded(admin):
    posting = make_posting("kamnan", "320704")

    end_posting(posting, on=today(), by=admin)

    assert posting.ends == today()
    assert postings_of(posting.person, on=today() + timedelta(days=1)) == ()
    entry = Entry.objects.get(kind="agencies.posting.end")
    assert (entry.before, entry.after) == ({"ends": None}, {"ends": today().isoformat()})


def test_who_acts_for_a_holder_stops_with_him(ministry):
    yesterday, later = today() - timedelta(days=1), today() + timedelta(days=9)
    governor = make_posting("governor", "32")
    over = make_posting("governor", "32", acting_for=governor, ends=date(2021, 1, 1))
    now = make_posting("governor", "32", acting_for=governor, ends=later)
    for_long = make_posting("governor", "32", acting_for=governor)
    since_today = make_posting("governor", "32", acting_for=governor, starts=today(), ends=later)
    to_come = make_posting("governor", "32", acting_for=governor, starts=later, ends=later)
    of_another = make_posting("governor", "40", acting_for=make_posting("governor", "40"), ends=later)
    withdrawn = to_come.pk

    end_posting(governor, on=yesterday, by=ministry)

    assert dict(Posting.objects.filter(role="governor").values_list("pk", "ends")) == {
        governor.pk: yesterday,
        over.pk: date(2021, 1, 1),
        now.pk: yesterday,
        for_long.pk: yesterday,
        since_today.pk: today(),
        of_another.acting_for_id: None,
        of_another.pk: later,
    }
    assert postings_of(now.person) == postings_of(for_long.person) == postings_of(to_come.person, later) == ()
    assert set(Entry.objects.values_list("kind", "subject_id")) == {
        ("agencies.posting.end", str(governor.pk)),
        ("agencies.posting.end", str(now.pk)),
        ("agencies.posting.end", str(for_long.pk)),
        ("agencies.posting.end", str(since_today.pk)),
        ("agencies.posting.withdraw", str(withdrawn)),
    }


def test_ending_an_acting_posting_leaves_the_holder_in_office(ministry):
    governor = make_posting("governor", "32")
    acting = make_posting("governor", "32", acting_for=governor, ends=today() + timedelta(days=9))

    end_posting(acting, on=today(), by=ministry)

    governor.refresh_from_db()
    assert (acting.ends, governor.ends) == (today(), None)


@pytest.mark.parametrize(
    ("starts", "ends", "on"),
    [
        (date(2026, 1, 1), None, date(2025, 12, 31)),
        (date(2020, 1, 1), date(2021, 1, 1), date(2020, 6, 1)),
        (date(2020, 1, 1), date(2999, 1, 1), date(2999, 1, 2)),
        (date(2020, 1, 1), None, today() - timedelta(days=2)),
    ],
)
def test_posting_is_never_ended_before_it_began_or_twice_or_made_longer_or_days_ago(admin, starts, ends, on):
    posting = make_posting("kamnan", "320704", starts=starts, ends=ends)

    with pytest.raises(Refused):
        end_posting(posting, on=on, by=admin)

    posting.refresh_from_db()
    assert posting.ends == ends


def test_administrator_ends_no_posting_of_another_province_or_of_a_level_above(admin):
    for posting in (make_posting("kamnan", "400101"), make_posting("governor", "32")):
        with pytest.raises(Refused):
            end_posting(posting, on=today(), by=admin)
        posting.refresh_from_db()
        assert posting.ends is None
