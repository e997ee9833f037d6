"""Versions of routing rules: who drafts, who puts in force, what they propose; trying changes nothing."""

from datetime import date

import pytest
from django.db import connection

from prasan.agencies.models import Agency, Mandate
from prasan.cases.actions import move
from prasan.complaints import actions
from prasan.complaints.models import Complaint, RoutingRule, RuleBook
from prasan.complaints.queries import (
    proposed_for,
    rows_of,
    rule_books,  # its bounds are made small
    rule_books_for,
    tried_example,
    tried_on_past,
    warnings_of,
)
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.at_once import at_once
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.complaints import (
    PROVINCE,
    TAMBON,
    VILLAGE,
    make_centre,
    make_kind,
    make_referred,
    make_screened,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def head():
    return make_holder("provincial_head", make_area(PROVINCE))


def rule(agency=None, area=PROVINCE, kind=None, words="", is_lead=True, **more):
    return actions.RuleWords(
        make_area(area), make_kind(kind) if kind else None, words, agency, is_lead, **more
    )


def book_of(centre, *rules, head=None):
    book = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    for each in rules:
        actions.add_rule(book, each, by=centre.officer)
    return actions.put_rules_in_force(book, by=head) if head else book


def row(book, position):
    return book.rows.get(position=position)


def order(book):
    return [(row.position, row.agency_id) for row in rows_of(book)]


def test_centre_drafts_and_another_puts_in_force(centre, head):
    book = book_of(centre, rule(centre.agency))
    for by in (centre.officer, centre.handler, make_holder("provincial_head", make_area("33"))):
        with pytest.raises(Refused):
            actions.put_rules_in_force(book, by=by)
    own = actions.draft_rules(make_area(PROVINCE), by=head)
    actions.add_rule(own, rule(centre.other), by=head)
    with pytest.raises(Refused):
        actions.put_rules_in_force(own, by=head)

    actions.put_rules_in_force(book, by=head)
    actions.put_rules_in_force(own, by=centre.governor)

    assert list(RuleBook.objects.order_by("number").values_list("number", "state")) == [
        (1, "replaced"),
        (2, "in_force"),
    ]
    with pytest.raises(Refused):
        actions.add_rule(own, rule(centre.agency), by=head)
    assert order(actions.draft_rules(make_area(PROVINCE), by=centre.officer)) == [(1, centre.other.pk)]
    assert not rule_books_for(centre.handler).exists()
    assert not rule_books_for(make_holder("governor", make_area("33"))).exists()


@pytest.mark.parametrize("touch", ["add", "change", "move", "remove"])
def test_whoever_changed_a_line_of_a_draft_of_another_does_not_put_it_in_force(centre, head, touch):
    book = book_of(centre, rule(centre.agency), rule(centre.other))
    acts = {
        "add": lambda: actions.add_rule(book, rule(centre.other), by=head),
        "change": lambda: actions.change_rule(row(book, 1), rule(centre.other), by=head),
        "move": lambda: actions.move_rule(row(book, 2), up=True, by=head),
        "remove": lambda: actions.remove_rule(row(book, 1), by=head),
    }
    acts[touch]()

    with pytest.raises(Refused):
        actions.put_rules_in_force(book, by=head)

    book.refresh_from_db()
    assert book.state == "draft"
    assert actions.put_rules_in_force(book, by=centre.governor).state == "in_force"


def test_rules_are_added_moved_and_removed_in_a_draft_alone(centre):
    third = make_agency(make_area(PROVINCE))
    book = book_of(centre, rule(centre.agency), rule(centre.other), rule(third))
    officer = centre.officer

    actions.move_rule(row(book, 3), up=True, by=officer)
    actions.move_rule(row(book, 1), up=True, by=officer)
    actions.move_rule(row(book, 3), up=False, by=officer)
    assert order(book) == [(1, centre.agency.pk), (2, third.pk), (3, centre.other.pk)]
    first = row(book, 1)
    actions.remove_rule(first, by=officer)
    with pytest.raises(Refused):
        actions.remove_rule(RoutingRule(pk=first.pk or 0, book=book), by=officer)
    assert order(book) == [(1, third.pk), (2, centre.other.pk)]

    ended = make_agency(make_area(PROVINCE), valid_to=date(2020, 1, 1))
    far = make_agency(make_area("33"))
    for act in (
        lambda: actions.remove_rule(RoutingRule(pk=10**30, book=book), by=officer),
        lambda: actions.remove_rule(row(book, 1), by=centre.handler),
        lambda: actions.add_rule(book, rule(centre.agency, area="33"), by=officer),
        lambda: actions.add_rule(book, rule(ended), by=officer),
        lambda: actions.add_rule(book, rule(far), by=officer),
        lambda: actions.add_rule(book, rule(centre.agency, kind="official"), by=officer),
        lambda: actions.draft_rules(make_area(VILLAGE), by=officer),
        lambda: actions.draft_rules(make_area("33"), by=officer),
    ):
        with pytest.raises(Refused):
            act()
    assert order(book) == [(1, third.pk), (2, centre.other.pk)]
    empty = actions.draft_rules(make_area(PROVINCE), by=officer)
    with pytest.raises(Refused):
        actions.put_rules_in_force(empty, by=centre.governor)
    assert move(empty, "drop", by=officer, note="ไม่ใช้").state == "dropped"


def test_a_rule_is_changed_in_its_place_and_the_ledger_knows_no_words(centre):
    book = book_of(centre, rule(centre.agency), rule(centre.other))

    changed = rule(centre.other, area=VILLAGE, kind="road", words="หลุม, ทรุด", is_lead=False)
    actions.change_rule(row(book, 1), changed, by=centre.officer)

    now = row(book, 1)
    assert (now.kind_id, now.area_id, now.words, now.agency, now.is_lead) == (
        "road",
        VILLAGE,
        "หลุม, ทรุด",
        centre.other,
        False,
    )
    entry = Entry.objects.get(kind="complaints.rulebook.rule_changed")
    facts = {"position": 1, "kind": None, "area": PROVINCE, "agency": centre.agency.pk, "is_lead": True}
    facts["is_local"] = False
    assert entry.before == facts
    assert entry.after == {
        **facts,
        "kind": "road",
        "area": VILLAGE,
        "agency": centre.other.pk,
        "is_lead": False,
    }


def test_a_change_that_cannot_be_leaves_the_rule_as_it_was(centre, head):
    book = book_of(centre, rule(centre.agency, words="ไฟ"))
    line, far = row(book, 1), make_agency(make_area("33"))
    for words, by in (
        (rule(far), centre.officer),
        (rule(centre.other, area="33"), centre.officer),
        (rule(centre.other, kind="official"), centre.officer),
        (rule(centre.other, is_local=True), centre.officer),
        (rule(centre.other), centre.handler),
    ):
        with pytest.raises(Refused):
            actions.change_rule(line, words, by=by)
    actions.put_rules_in_force(book, by=head)
    with pytest.raises(Refused):
        actions.change_rule(line, rule(centre.other), by=centre.officer)

    assert (row(book, 1).agency, row(book, 1).words) == (centre.agency, "ไฟ")


def test_proposed_is_the_first_that_fits_and_never_who_cannot_act(centre, head):
    gone = make_agency(make_area(PROVINCE))
    elsewhere = make_agency(make_area("3208"))
    book_of(
        centre,
        rule(gone),
        rule(elsewhere),
        rule(centre.other, words="สัญญาณไฟ, ไฟแดง"),
        rule(centre.agency, kind="lighting"),
        rule(centre.other, is_lead=False),
        head=head,
    )
    Agency.objects.filter(pk=gone.pk).update(valid_to="2020-01-01")
    lamp, signal = make_screened(centre), make_screened(centre, "ไฟแดงสี่แยกดับ")

    assert (proposed_for(lamp).lead, proposed_for(lamp).helpers) == (centre.agency, (centre.other,))
    assert (proposed_for(signal).lead, proposed_for(signal).rule) == (centre.other, 3)
    assert proposed_for(signal).helpers == ()


def test_a_rule_names_the_local_organisation_of_each_place_and_says_why(centre, head):
    tambon, amphoe = make_area(TAMBON), make_area("3207")
    local = make_agency(tambon, level="local")
    make_agency(make_area(PROVINCE), level="local")
    book_of(centre, rule(is_local=True, reason="เป็นงานของท้องถิ่น"), rule(centre.agency), head=head)
    here = make_screened(centre)

    assert (proposed_for(here).lead, proposed_for(here).reason) == (local, "เป็นงานของท้องถิ่น")
    elsewhere = make_screened(centre, area="320801")
    assert (proposed_for(elsewhere).lead, proposed_for(elsewhere).rule) == (centre.agency, 2)

    make_agency(amphoe, level="local")
    assert proposed_for(here).lead == local
    second = make_agency(tambon, level="local")
    assert proposed_for(here).lead == centre.agency
    Agency.objects.filter(pk=second.pk).update(valid_to="2020-01-01")
    assert proposed_for(here).lead == local


def test_a_new_version_begins_with_all_that_a_rule_says(centre, head):
    book_of(centre, rule(is_local=True, words="ไฟ", reason="เหตุผล", area=TAMBON), head=head)

    copied = row(actions.draft_rules(make_area(PROVINCE), by=centre.officer), 1)

    assert (copied.is_local, copied.words, copied.reason, copied.area_id) == (True, "ไฟ", "เหตุผล", TAMBON)


def test_without_a_rule_the_nearest_with_the_mandate_is_proposed(centre):
    near = make_agency(make_area("3207"))
    for agency in (centre.agency, near):
        Mandate.objects.create(agency=agency, sector=make_kind().sector)
    complaint = make_screened(centre)

    assert (proposed_for(complaint).lead, proposed_for(complaint).rule) == (near, 0)


def test_what_was_proposed_and_followed_is_recorded(centre, head):
    book_of(centre, rule(centre.agency), head=head)

    actions.refer_complaint(make_screened(centre), lead=centre.agency, by=centre.officer)
    actions.refer_complaint(make_screened(centre), lead=centre.other, by=centre.officer)

    told = Entry.objects.filter(kind="complaints.complaint.refer").order_by("pk")
    assert [(each.after["book"], each.after["rule"], each.after["as_proposed"]) for each in told] == [
        (1, 1, True),
        (1, 1, False),
    ]


def test_who_hands_a_complaint_on_is_proposed_the_next_and_what_he_did_is_recorded(centre, head):
    third = make_agency(make_area(PROVINCE))
    book_of(centre, rule(centre.agency), rule(centre.other), head=head)
    for chosen in (centre.other, third):
        complaint, referral = make_referred(centre)
        proposed = proposed_for(complaint, but=centre.agency)
        assert (proposed.lead, proposed.rule) == (centre.other, 2)
        actions.refer_on(referral, chosen, by=centre.handler, note="อยู่ในอำนาจของหน่วยงานอื่น")

    told = Entry.objects.filter(kind="complaints.referral.refer_on").order_by("pk")
    assert [(each.after["book"], each.after["rule"], each.after["as_proposed"]) for each in told] == [
        (1, 2, True),
        (1, 2, False),
    ]


def test_where_the_nearest_with_the_mandate_may_not_the_next_is_proposed(centre):
    near = make_agency(make_area("3207"))
    for agency in (centre.other, near):
        Mandate.objects.create(agency=agency, sector=make_kind().sector)

    assert proposed_for(make_screened(centre), but=near).lead == centre.other


def counted():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM complaints_referral),"
            " (SELECT count(*) FROM procrastinate_jobs), (SELECT max(xmin::text) FROM complaints_complaint)"
        )
        return cursor.fetchone()


def test_trying_tells_what_would_differ_and_changes_nothing(centre, head):
    here, _referral = make_referred(centre)
    make_referred(centre, "ไฟแดงดับ")
    unscreened_elsewhere = make_centre("33")
    make_referred(unscreened_elsewhere, area="330101")
    book = book_of(centre, rule(centre.other, words="ไฟแดง"), rule(centre.agency))
    before = counted()

    trial = tried_on_past(book, centre.officer)
    example = tried_example(book, kind=make_kind(), area=make_area(VILLAGE), text="ไฟแดง")

    assert (trial.tried, [(each.went, each.would_go) for each in trial.differing]) == (
        2,
        [(centre.agency, centre.other)],
    )
    assert trial.flows == ((centre.agency, centre.other, 1),)
    assert (example.lead, example.rule) == (centre.other, 1)
    assert counted() == before
    assert here.pk not in {each.complaint.pk for each in trial.differing}


def test_complaints_against_officials_are_proposed_to_nobody_and_tried_on_nothing(centre, head):
    book = book_of(centre, rule(centre.agency), head=head)
    complaint = make_screened(centre)
    Complaint.objects.filter(pk=complaint.pk).update(kind="official", is_restricted=True)
    complaint = Complaint.objects.get(pk=complaint.pk)
    actions.refer_complaint(complaint, lead=centre.other, by=centre.officer)

    assert proposed_for(complaint).lead is None
    assert tried_on_past(book, centre.officer).tried == 0


def test_warnings_name_rules_that_never_speak_and_kinds_without_one(centre):
    book = book_of(centre, rule(centre.agency, kind="road"), rule(centre.other, area="3207", kind="road"))

    told = warnings_of(book)

    assert told.silent == ((2, 1),)
    assert "road" not in {kind.pk for kind in told.kinds}
    assert {"lighting", "flood"} <= {kind.pk for kind in told.kinds}
    assert "official" not in {kind.pk for kind in told.kinds}
    assert told.powerless == ()


def test_warnings_speak_of_agencies_that_cannot_act_and_call_nothing_after_them_silent(centre):
    elsewhere, over = make_agency(make_area("3208")), make_agency(make_area(PROVINCE))
    book = book_of(centre, rule(elsewhere), rule(over), rule(centre.agency, area="3207"))
    Agency.objects.filter(pk=over.pk).update(valid_to="2020-01-01")

    told = warnings_of(book)

    assert (told.silent, told.powerless) == ((), (2,))


def test_all_that_differ_are_counted_and_the_newest_listed(centre, monkeypatch):
    made = [make_referred(centre)[0] for _each in range(4)]
    book = book_of(centre, rule(centre.other))
    monkeypatch.setattr(rule_books, "MOST_LISTED", 2)

    trial = tried_on_past(book, centre.officer)
    assert (trial.tried, trial.elsewhere, trial.is_whole) == (4, 4, True)
    assert [each.complaint for each in trial.differing] == [made[3], made[2]]
    assert trial.flows == ((centre.agency, centre.other, 4),)

    monkeypatch.setattr(rule_books, "MOST_TRIED", 3)
    trial = tried_on_past(book, centre.officer)
    assert (trial.tried, trial.elsewhere, trial.is_whole) == (3, 3, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_put_in_force_at_once_one_stays():
    centre, head = make_centre(), make_holder("provincial_head", make_area(PROVINCE))
    books = [book_of(centre, rule(centre.agency)), book_of(centre, rule(centre.other))]

    at_once(*(lambda book=book: actions.put_rules_in_force(book, by=head) for book in books))

    assert sorted(RuleBook.objects.values_list("state", flat=True)) == ["in_force", "replaced"]
