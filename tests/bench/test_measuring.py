import io
import os
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from django.db import connection

from bench import ledger_verify, ledger_write, plan_book, rights, running, subtree, villages
from bench.sizes import QUICK
from prasan.agencies.models import Posting
from prasan.ledger.models import Batch, Entry
from prasan.places.models import Area, Level
from prasan.planning.models import Need, Proposal
from prasan.planning.papers.brief import forms_of
from prasan.planning.papers.form_pdf import form_pdf
from prasan.planning.queries import proposals_for
from tests.factories.agencies import make_area, make_committee, make_holder
from tests.factories.planning import World

TAMBON = ("320704", "320705")


class Here:
    """The database of the tests in place of an installation."""

    def __init__(self, path):
        self.folder = self
        self.path = path

    def database(self):
        pass


@pytest.fixture
def here(db, tmp_path, settings):
    settings.LEDGER_KEY = tmp_path / "ledger_key"
    for code in TAMBON:
        make_area(code)
    return Here(tmp_path)


@pytest.fixture
def few():
    return replace(QUICK, villages=6, subtree_questions=20, rights_questions=50, entries=40)


def test_villages_are_taken_in_and_the_unchecked_ones_leave_nothing(here, few):
    (figure,) = villages.measure(here, few)

    assert figure.name == "villages-import"
    assert figure.ours > 0 < figure.reference
    assert Area.objects.filter(level=Level.VILLAGE).count() == 6


def test_subtree_totals_agree_with_the_walk_down_the_tree(here, few):
    (figure,) = subtree.measure(here, few)

    country = Area.objects.get(code="TH")
    assert figure.remark.startswith("11 areas, 6 needs;")
    assert subtree.kept(country) == subtree.walked(country)
    assert subtree.kept(country)[:3] == (6, 6, 2)


def test_rights_are_asked_inside_and_outside_the_own_area(here, few):
    make_holder(rights.ROLE, "32")
    make_area("330101")

    (figure,) = rights.measure(here, few)

    assert figure.name == "rights"
    assert figure.ours < figure.reference


def test_rights_without_anybody_to_ask_for_is_a_fault(here, few):
    assert not Posting.objects.exists()

    with pytest.raises(RuntimeError, match="nobody of the demonstration is province_admin"):
        list(rights.measure(here, few))


def test_ledger_is_sealed_and_checked(here, few):
    (figure,) = ledger_verify.measure(here, few)

    assert figure.remark.startswith("40 entries in 1 batches;")
    assert Batch.objects.get().count == Entry.objects.count() == 40


def test_a_fault_in_the_ledger_is_not_taken_for_a_figure(here, few, monkeypatch):
    monkeypatch.setattr(ledger_verify, "seal_pending", lambda: 0)

    with pytest.raises(RuntimeError, match="0 entries were checked"):
        ledger_verify.figure_of(5)


def test_bare_inserts_write_the_same_row_once_more(db):
    need = World().need("draft")

    sql, values = ledger_write.insert_of(need)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)

    first, second = Need.objects.order_by("pk").values()
    assert {**first, "id": 0} == {**second, "id": 0}


def test_memory_of_this_process_is_told_in_megabytes():
    assert 5 < running.pss_of(Path(f"/proc/{os.getpid()}")) < 5000


def test_plan_to_be_made_a_book_holds_public_projects_of_two_pages_whose_sums_are_right(here):
    make_committee(make_area("32"), kind="province")

    version = plan_book.fill(3)

    rows = proposals_for(None).filter(plan_items__version=version)
    assert rows.count() == version.items.count() == 3
    for proposal in Proposal.objects.all():
        costs = proposal.activities.values_list("budgets__amount", flat=True)
        assert sum(costs) == proposal.budget_asked
    pages = [pypdf.PdfReader(io.BytesIO(form_pdf([form]))).pages for form in forms_of(rows)]
    assert [len(each) for each in pages] == [2, 2, 2]
