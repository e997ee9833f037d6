"""Of two who do the same thing with an innovation at once, nothing is kept twice."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from prasan.innovations import actions
from prasan.innovations.models import Adoption, Cookbook, CookbookDelivery, CookbookVersion, FollowUpOrder
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.at_once import at_once
from tests.factories.agencies import make_agency, make_holder
from tests.factories.documents import pdf
from tests.factories.innovations import make_cookbook, make_innovation, make_owner

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def refused(answers: list[object]) -> int:
    return sum(isinstance(each, Refused) for each in answers)


def test_what_two_do_at_once_with_an_innovation_is_done_once() -> None:
    owner = make_owner()
    innovation, agency = make_innovation(owner, "registered"), make_agency("40")
    officers = [make_holder("agency_officer", "40", agency=agency) for _two in range(2)]
    key, due = uuid4(), date(2060, 1, 1)

    begun = at_once(*[lambda: actions.begin_cookbook(innovation, by=owner.writer)] * 2)
    cookbook = Cookbook.objects.get()
    published = at_once(*[lambda: actions.publish_cookbook(cookbook, by=owner.writer)] * 2)
    sent = at_once(*[lambda: actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)] * 2)
    opened = at_once(*[lambda who=who: actions.note_opening(cookbook, by=who) for who in officers])
    adopted = at_once(
        *[lambda who=who: actions.begin_adoption(innovation, agency, by=who) for who in officers]
    )
    ordered = at_once(
        *[
            lambda: actions.give_orders(
                innovation, [agency], words="รายงานผล", due_on=due, by=owner.ministry, form_key=key
            )
        ]
        * 2
    )

    assert begun == [cookbook, cookbook]
    assert [refused(each) for each in (published, sent, adopted, ordered)] == [1, 1, 1, 0]
    assert sorted(opened) == [0, 1]
    assert CookbookVersion.objects.count() == Adoption.objects.count() == FollowUpOrder.objects.count() == 1
    assert CookbookDelivery.objects.filter(agency=agency).count() == 1
    assert Entry.objects.filter(kind="innovations.delivery.opened").count() == 1


def test_file_sent_twice_at_once_is_kept_once(settings, tmp_path) -> None:
    settings.FILES_DIR = tmp_path
    owner = make_owner()
    cookbook = make_cookbook(owner)

    kept = at_once(
        *[
            lambda: actions.add_cookbook_file(
                cookbook, title="แบบ", stream=pdf(), name="a.pdf", by=owner.writer
            )
        ]
        * 2
    )

    assert kept[0] == kept[1]
    assert cookbook.files.count() == 1
