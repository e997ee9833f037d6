"""How an innovation spreads: sending its cookbook, taking it up, and orders about it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from prasan.agencies.models import Agency
from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.innovations.models import Adoption, CookbookDelivery, FollowUpOrder
from prasan.innovations.queries import (
    adopters_for,
    adoptions_inside,
    agencies_to_order,
    deliveries_to,
    givers_of,
    numbers_to_reach,
    opened_and_all,
    orders_for,
    orders_to_carry_out,
    overdue,
    owners_of,
    receivers_of,
    reports_to_read,
    spread_of,
    unopened_deliveries,
)
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting
from tests.factories.innovations import (
    make_adoption,
    make_cookbook,
    make_innovation,
    make_order,
    make_owner,
    make_provinces,
)

pytestmark = pytest.mark.django_db


def entries(kind):
    return list(Entry.objects.filter(kind=kind).order_by("id"))


def officer_of(agency, role="agency_officer"):
    return make_holder(role, agency.area, agency=agency)


def test_it_is_sent_to_the_levels_chosen_that_are_valid_today_and_once():
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    Agency.objects.exclude(pk=owner.agency.pk).update(level="amphoe")
    day = today()
    central, province = make_agency(level="central"), make_agency("40")
    make_agency("40", valid_to=day - timedelta(days=1))
    make_agency("40", valid_from=day + timedelta(days=1))
    last_day = make_agency("40", valid_to=day)
    make_agency("3207", level="local")

    number = actions.send_cookbook(cookbook, ["central", "provincial", "nonsense"], by=owner.ministry)
    late = make_agency("45")
    again = actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)

    sent = set(CookbookDelivery.objects.values_list("agency_id", flat=True))
    assert (number, again) == (3, 1)
    assert sent == {central.pk, province.pk, last_day.pk, late.pk}
    moments = CookbookDelivery.objects.order_by("pk").values_list("sent_at", flat=True)
    first, second = (each.isoformat() for each in (moments[0], moments[3]))
    assert [each.after for each in entries("innovations.cookbook.sent")] == [
        {"version": 1, "levels": ["central", "provincial"], "agencies": 3, "sent_at": first},
        {"version": 1, "levels": ["provincial"], "agencies": 1, "sent_at": second},
    ]
    with pytest.raises(Refused, match="ครบ"):
        actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    with pytest.raises(Refused):
        actions.send_cookbook(cookbook, [], by=owner.ministry)


def test_only_the_ministry_sends_and_only_what_is_published():
    owner = make_owner()
    draft, published = make_cookbook(owner), make_cookbook(owner, "published")
    make_agency("40")

    with pytest.raises(Refused):
        actions.send_cookbook(published, ["provincial"], by=owner.writer)
    with pytest.raises(Refused):
        actions.send_cookbook(draft, ["provincial"], by=owner.ministry)
    with pytest.raises(Refused):
        actions.send_cookbook(draft, ["provincial"], by=None)
    assert not CookbookDelivery.objects.exists()


def test_cookbook_of_a_withdrawn_innovation_is_not_sent():
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    make_agency("40")
    move(cookbook.innovation, "withdraw", by=owner.writer, note="ซ้ำกับเรื่องเดิม")

    with pytest.raises(Refused, match="ไม่อยู่ในทะเบียนแล้ว"):
        actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)

    assert not CookbookDelivery.objects.exists()


def test_many_are_sent_to_in_a_few_statements_and_one_entry(django_assert_max_num_queries):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    area = make_area("40")
    Agency.objects.bulk_create(
        Agency(code=f"a{n}", name_th=f"ก{n}", name_en=f"A{n}", level="local", area=area) for n in range(8_000)
    )

    with django_assert_max_num_queries(20):
        assert actions.send_cookbook(cookbook, ["local"], by=owner.ministry) == 8_000

    assert opened_and_all(cookbook) == (0, 8_000)
    assert numbers_to_reach(cookbook)["local"] == 0
    assert len(entries("innovations.cookbook.sent")) == 1


def test_first_opening_is_noted_with_its_post_and_later_ones_are_not():
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    agency = make_agency("40")
    posting = make_posting("agency_officer", "40", agency=agency)
    colleague, stranger = officer_of(agency), officer_of(make_agency("40", level="local"))
    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    assert [each.agency for each in unopened_deliveries(colleague)] == [agency]

    noted = [
        actions.note_opening(cookbook, by=person)
        for person in (stranger, posting.person, colleague, colleague)
    ]

    delivery = CookbookDelivery.objects.get(agency=agency)
    assert noted == [0, 1, 0, 0]
    assert delivery.opened_posting == posting
    assert list(unopened_deliveries(colleague)) == []
    assert list(deliveries_to(stranger)) == []
    assert [each.posting_id for each in entries("innovations.delivery.opened")] == [posting.pk]


def test_agency_says_how_far_it_is_with_the_day_and_the_owner_is_no_adopter():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    agency = make_agency("40")
    officer = officer_of(agency)
    assert list(adopters_for(officer, innovation)) == [agency]
    assert not adopters_for(owner.writer, innovation).exists()

    adoption = actions.begin_adoption(innovation, agency, step="pilot", since=date(2025, 3, 1), by=officer)
    assert (adoption.state, adoption.since) == ("piloted", date(2025, 3, 1))
    in_use = actions.move_adoption(adoption, "use", by=officer)
    assert (in_use.state, in_use.since) == ("in_use", None)
    assert not adopters_for(officer, innovation).exists()

    for wrong in (
        lambda: actions.begin_adoption(innovation, agency, by=officer),
        lambda: actions.begin_adoption(innovation, owner.agency, by=owner.writer),
        lambda: actions.begin_adoption(innovation, make_agency("40"), by=officer),
        lambda: actions.begin_adoption(make_innovation(owner), agency, by=officer),
        lambda: actions.move_adoption(
            in_use, "drop", since=today() + timedelta(days=1), by=officer, note="x"
        ),
        lambda: actions.move_adoption(in_use, "drop", by=officer),
        lambda: actions.move_adoption(in_use, "drop", by=owner.writer, note="เหตุผล"),
    ):
        with pytest.raises(Refused):
            wrong()
    assert [entry.after["since"] for entry in entries("innovations.adoption.pilot")] == ["2025-03-01"]


def test_dropped_one_is_taken_up_again_with_a_reason():
    owner = make_owner()
    officer = officer_of(agency := make_agency("40"))
    adoption = actions.begin_adoption(make_innovation(owner, "registered"), agency, by=officer)
    dropped = actions.move_adoption(adoption, "drop", by=officer, note="ไม่มีเครื่องแม่ข่าย")

    with pytest.raises(Refused):
        actions.move_adoption(dropped, "take_up", by=officer)
    assert actions.move_adoption(dropped, "take_up", by=officer, note="มีเครื่องแล้ว").state == "noticed"


def test_lessons_reach_the_owner_and_the_ministry_and_stay_out_of_the_ledger():
    owner, other = make_owner(), make_owner("45")
    officer = officer_of(agency := make_agency("40"))
    adoption = make_adoption(make_innovation(owner, "registered"), agency)

    with pytest.raises(Refused):
        actions.write_lessons(adoption, result="ดี", lessons="", by=owner.writer)
    for _twice in range(2):
        actions.write_lessons(adoption, result="เวลารอลดลง", lessons="ต้องมีคนดูแล", by=officer)
    with pytest.raises(Refused, match="ผล"):
        actions.write_lessons(adoption, result=" ", lessons="", by=officer)

    readers = {"adopter": officer, "owner": owner.writer, "ministry": owner.ministry, "other": other.writer}
    seen = {name for name, who in readers.items() if adoptions_inside(who).exists()}
    (entry,) = entries("innovations.adoption.lessons")
    assert seen == {"adopter", "owner", "ministry"}
    assert list(owners_of(Adoption.objects.get())) == [owner.writer]
    assert entry.after == {"result": True, "lessons": True}


def test_spread_counts_states_and_takes_the_furthest_of_each_province(django_assert_num_queries):
    make_provinces()
    innovation = make_innovation(make_owner("32"), "registered")
    for place, step in (("40", ""), ("40", "pilot"), ("45", "plan"), ("TH", "use"), ("32", "")):
        make_adoption(innovation, make_agency(place), step)
    dropped = Adoption.objects.get(agency__area="32")
    actions.move_adoption(dropped, "drop", by=None, note="ไม่เหมาะ")
    make_adoption(make_innovation(make_owner("45"), "registered"), make_agency("33"), "use")

    with django_assert_num_queries(2):
        spread = spread_of(innovation)

    furthest = {each.area.code: (each.furthest, each.total) for each in spread.provinces}
    assert furthest == {"40": ("piloted", 2), "45": ("planned", 1), "32": ("dropped", 1)}
    assert spread.by_state == {"noticed": 1, "planned": 1, "piloted": 1, "in_use": 1, "dropped": 1}
    assert (spread.total, spread.central["in_use"]) == (5, 1)


def test_ministry_orders_everywhere_and_a_governor_in_his_province():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    here, there = make_agency("3207", level="local"), make_agency("40")
    governor = make_holder("governor", "32")
    due = today() + timedelta(days=7)

    orders = actions.give_orders(
        innovation, [here, there, here], words="รายงานผล", due_on=due, by=owner.ministry
    )
    (own,) = actions.give_orders(innovation, [here], words="รายงานผล", due_on=due, by=governor)

    assert [each.agency for each in orders] == [here, there]
    assert {each.giver for each in orders} != {own.giver}
    assert there not in agencies_to_order(governor)
    assert {here, there} <= set(agencies_to_order(owner.ministry))
    for agencies, words, when, by in (
        ([here, there], "รายงานผล", due, governor),
        ([here], "รายงานผล", due, owner.writer),
        ([], "รายงานผล", due, owner.ministry),
        ([here], "…", due, owner.ministry),
        ([here], "รายงานผล", today() - timedelta(days=1), owner.ministry),
    ):
        with pytest.raises(Refused):
            actions.give_orders(innovation, agencies, words=words, due_on=when, by=by)
    assert FollowUpOrder.objects.count() == 3


def test_order_sent_twice_by_one_form_is_given_once():
    owner = make_owner()
    innovation, agency, key = make_innovation(owner, "registered"), make_agency("40"), uuid4()
    told = {"words": "รายงานผล", "due_on": today(), "form_key": key}

    first = actions.give_orders(innovation, [agency], by=owner.ministry, **told)
    second = actions.give_orders(innovation, [agency], by=owner.ministry, **told)

    assert first == second
    with pytest.raises(Refused):
        actions.give_orders(innovation, [agency], by=make_holder("ministry_officer"), **told)


def test_order_goes_from_hand_to_hand_until_it_is_closed():
    owner = make_owner()
    officer = officer_of(agency := make_agency("40"))
    innovation = make_innovation(owner, "registered")
    order = make_order(innovation, agency, by=owner.ministry)
    colleague = make_holder("ministry_officer", agency=order.giver)
    elsewhere = make_holder("ministry_officer")
    assert list(orders_to_carry_out(officer)) == [order]
    assert (list(receivers_of(order)), set(givers_of(order))) == ([officer], {owner.ministry, colleague})

    taken = move(order, "acknowledge", by=officer)
    with pytest.raises(Refused, match="ทำอะไร"):
        actions.report_order(taken, report="—", by=officer)
    with pytest.raises(Refused):
        actions.report_order(taken, report="เชื่อมแล้ว", by=owner.writer)
    reported = actions.report_order(taken, report="เชื่อมแล้ว 40 จังหวัด", by=officer)
    assert (list(orders_to_carry_out(officer)), list(reports_to_read(colleague))) == ([], [order])
    with pytest.raises(Refused, match="หน่วยงานที่สั่ง"):
        move(reported, "close", by=elsewhere)
    returned = move(reported, "return", by=owner.ministry, note="ขอให้ครบ 76 จังหวัด")
    again = actions.report_order(returned, report="ครบ 76 จังหวัด", by=officer)
    closed = move(again, "close", by=colleague)

    assert (closed.state, closed.report) == ("closed", "ครบ 76 จังหวัด")
    assert not entries("innovations.order.report")[0].after.keys() - {"state"}


def test_late_is_computed_from_the_day_and_only_while_the_agency_owes_it(time_machine):
    time_machine.move_to("2026-11-28")
    owner = make_owner()
    innovation, agency = make_innovation(owner, "registered"), make_agency("40")
    order = make_order(innovation, agency, by=owner.ministry, due_on=date(2026, 11, 30))
    make_order(innovation, agency, by=owner.ministry, due_on=date(2026, 12, 31))

    time_machine.move_to("2026-11-30 16:59:00+00:00")
    assert not overdue(orders_for(owner.ministry)).exists()
    time_machine.move_to("2026-11-30 17:01:00+00:00")
    assert list(overdue(orders_for(owner.ministry))) == [order]
    assert order.is_overdue is True
    called_off = move(order, "call_off", by=owner.ministry, note="สั่งซ้ำ")
    assert (called_off.is_overdue, overdue(orders_for(owner.ministry)).exists()) == (False, False)


def test_order_is_seen_by_both_sides_and_those_above_only():
    owner, other = make_owner(), make_owner("45")
    order = make_order(make_innovation(owner, "registered"), agency := make_agency("40"), by=owner.ministry)
    everybody = {
        "receiver": officer_of(agency),
        "ministry": owner.ministry,
        "governor": make_holder("governor", "40"),
        "governor elsewhere": make_holder("governor", "45"),
        "owner": owner.writer,
        "other": other.writer,
        "public": None,
    }

    seen = {name for name, who in everybody.items() if orders_for(who).filter(pk=order.pk).exists()}

    assert seen == {"receiver", "ministry", "governor"}
