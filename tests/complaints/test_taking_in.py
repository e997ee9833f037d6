from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from prasan.complaints import actions
from prasan.complaints.models import Complaint, Sender
from prasan.complaints.queries import complaint_of_receipt, complaints_for
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.ledger.queries import entries_about
from tests.factories.agencies import make_holder
from tests.factories.complaints import (
    PROVINCE,
    WORDS,
    make_centre,
    make_complaint,
    make_kind,
    make_taken_in,
    tell,
)

pytestmark = pytest.mark.django_db

SOMCHAI = actions.SenderFields(name="สมชาย ใจดี", phone="๐๘๑-๒๓๔ ๕๖๗๘", email="somchai@example.org")


def test_complaint_is_taken_in_and_opened_by_receipt_and_secret():
    taken = make_taken_in()

    found = complaint_of_receipt(taken.complaint.number, taken.secret)

    assert found == taken.complaint
    assert (found.state, found.words, found.sender) == ("received", WORDS, None)
    assert [entry.kind for entry in entries_about(found)] == ["complaints.complaint.begin"]


@pytest.mark.parametrize("typed", ["", "000000000000", "nonsense", "0" * 500])
def test_wrong_pairs_open_nothing(typed):
    taken = make_taken_in()

    assert complaint_of_receipt(taken.complaint.receipt, typed) is None
    assert complaint_of_receipt(typed, taken.secret) is None


def test_form_sent_again_is_one_complaint_that_the_newest_secret_opens():
    key = uuid4()
    first = actions.take_in(tell(), manner="anonymous", form_key=key)

    again = actions.take_in(tell(), manner="anonymous", form_key=key)

    assert again.complaint == first.complaint
    assert Complaint.objects.count() == 1
    assert complaint_of_receipt(first.complaint.receipt, again.secret) == first.complaint


@pytest.mark.parametrize(
    "told",
    [
        {"words": ""},
        {"words": "\u200b \u200d .. ,"},
        {"words": "ก" * 10_001},
        {"happened_at": timedelta(days=1)},
        {"latitude": 13.7},
        {"latitude": 9.0, "longitude": 85.0},
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(told):
    if "happened_at" in told:
        told = {"happened_at": timezone.now() + told["happened_at"]}

    with pytest.raises(Refused):
        actions.take_in(tell(**told), manner="named", sender=SOMCHAI)

    assert (Complaint.objects.count(), Sender.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_long_words_and_odd_letters_are_kept_clean():
    complaint = make_complaint("😡\u200bน้ำเเสีย" + "ก" * 9_980)

    assert complaint.words.startswith("😡น้ำแสีย")


def test_the_same_letter_is_kept_each_time():
    receipts = {make_complaint().receipt for _ in range(12)}

    assert len(receipts) == 12


def test_sender_is_kept_apart_and_never_in_the_ledger():
    complaint = actions.take_in(tell(), manner="confidential", sender=SOMCHAI).complaint

    assert (complaint.sender.name, complaint.sender.phone) == ("สมชาย ใจดี", "0812345678")
    told = " ".join(str(entry.__dict__) for entry in Entry.objects.all())
    assert not any(part in told for part in ("สมชาย", "0812345678", "somchai", "ไฟทาง"))


def test_named_complaint_without_any_name_is_refused():
    with pytest.raises(Refused):
        actions.take_in(tell(), manner="named", sender=actions.SenderFields(name="  "))


def test_anonymous_complaint_keeps_no_sender_whatever_was_typed():
    complaint = actions.take_in(tell(), manner="anonymous", sender=SOMCHAI).complaint

    assert complaint.sender is None
    assert Sender.objects.count() == 0


def test_wrong_citizen_number_is_refused():
    with pytest.raises(Refused):
        actions.take_in(tell(), manner="named", sender=actions.SenderFields(citizen_number="1101700207031"))


def test_looking_at_the_sender_is_recorded_by_field():
    centre = make_centre()
    complaint = actions.take_in(tell(), manner="confidential", sender=SOMCHAI).complaint

    shown = actions.reveal_sender(complaint, "phone", by=centre.officer)

    entry = entries_about(complaint).last()
    assert shown == "0812345678"
    assert (entry.kind, entry.after["field"], entry.actor_id) == (
        "complaints.sender.revealed",
        "phone",
        centre.officer.pk,
    )


@pytest.mark.parametrize("role", ["agency_officer", "governor", "province_admin", "village_head"])
def test_others_never_see_the_sender(role):
    complaint = actions.take_in(tell(), manner="named", sender=SOMCHAI).complaint

    with pytest.raises(Refused):
        actions.reveal_sender(complaint, "name", by=make_holder(role, PROVINCE))


@pytest.mark.parametrize(("manner", "is_shown"), [("named", True), ("confidential", False)])
def test_agency_learns_the_sender_only_where_he_said_so(manner, is_shown):
    centre = make_centre()
    complaint = actions.take_in(tell(), manner=manner, sender=SOMCHAI).complaint
    complaint = actions.screen_complaint(complaint, kind=make_kind(), title="ไฟทางดับ", by=centre.officer)
    actions.refer_complaint(complaint, lead=centre.agency, by=centre.officer)

    if is_shown:
        assert actions.reveal_sender(complaint, "name", by=centre.handler) == "สมชาย ใจดี"
    else:
        with pytest.raises(Refused):
            actions.reveal_sender(complaint, "name", by=centre.handler)


def test_erased_sender_leaves_nothing_but_the_key():
    complaint = actions.take_in(tell(), manner="named", sender=SOMCHAI).complaint
    admin = make_holder("province_admin", PROVINCE)

    actions.erase_sender(complaint, by=admin)

    sender = Sender.objects.get()
    assert [getattr(sender, field) for field in (*Sender.FIELDS, "pseudonym")] == [""] * 6
    with pytest.raises(Refused):
        actions.erase_sender(complaint, by=admin)


def test_pseudonym_tells_the_same_sender_without_saying_who():
    a, b = (
        actions.take_in(tell(), manner="named", sender=actions.SenderFields(phone=phone)).complaint.sender
        for phone in ("081 234 5678", "๐๘๑๒๓๔๕๖๗๘")
    )

    assert a.pseudonym == b.pseudonym != ""
    assert "0812345678" not in a.pseudonym


def test_complaint_against_an_official_is_hidden_from_him_and_his_unit():
    centre = make_centre()
    taken = actions.take_in(tell(kind="official", subject_agency=centre.agency), manner="anonymous").complaint
    accused_desk = make_holder("complaint_officer", PROVINCE, agency=centre.agency)

    assert list(complaints_for(centre.officer)) == [taken]
    assert list(complaints_for(centre.governor)) == [taken]
    assert list(complaints_for(centre.handler)) == []
    assert list(complaints_for(accused_desk)) == []
    assert list(complaints_for(make_holder("provincial_head", PROVINCE))) == []


def test_desk_takes_in_for_its_own_area_only():
    with pytest.raises(Refused):
        actions.take_in_at_desk(
            tell(), channel="phone", manner="anonymous", by=make_holder("complaint_officer", "40")
        )

    taken = actions.take_in_at_desk(tell(), channel="phone", manner="anonymous", by=make_centre().officer)
    assert taken.complaint.channel == "phone"
