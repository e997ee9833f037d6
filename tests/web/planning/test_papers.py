from __future__ import annotations

import io
import shutil
import subprocess
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from prasan.kernel.digits import to_thai
from prasan.planning import actions
from prasan.planning.imports.briefs import read_briefs
from prasan.planning.models import PlanVersion, Proposal
from prasan.planning.papers.brief import brief_of
from prasan.sheets.grids import open_grids
from tests.factories.agencies import make_holder
from tests.factories.planning import YEAR, World


@pytest.fixture
def world(db: None) -> World:
    return World()


def words_of(pdf: bytes, tmp_path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "x.pdf").write_bytes(pdf)
    run = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    return "".join(run.stdout.decode().split())


def test_pdf_of_a_draft_holds_its_words_in_thai_digits_for_its_author(world, client, tmp_path):
    proposal = world.proposal("draft", rationale="น้ำท่วมปี 2568 เสียหาย\n12 หลัง")
    client.force_login(world.person("village_head"))

    answer = client.get(reverse("planning:proposal-paper", args=[proposal.pk, "pdf"]))

    text = words_of(answer.content, tmp_path)
    told = [proposal.name, "น้ำท่วมปี 2568 เสียหาย", "12 หลัง", "1,250,000 บาท"]
    assert [words for words in told if to_thai("".join(words.split())) not in text] == []
    assert [digit for digit in "0123456789" if digit in text] == []


def test_xlsx_of_a_proposal_gives_back_what_is_kept(world, client):
    proposal = world.proposal("submitted")
    client.force_login(world.person("tambon_secretary"))

    answer = client.get(reverse("planning:proposal-paper", args=[proposal.pk, "xlsx"]))

    (row,) = read_briefs(io.BytesIO(answer.content))
    assert (row.brief, row.faults) == (brief_of(proposal), ())


def test_forms_outside_ones_reach_are_not_found(world, client):
    proposal = world.proposal("submitted")
    client.force_login(make_holder("village_head", "33010101"))

    answers = [
        client.get(reverse("planning:proposal-paper", args=[proposal.pk, kind])).status_code
        for kind in ("pdf", "xlsx")
    ]

    assert answers == [404, 404]


def test_public_gets_the_form_of_what_is_in_the_plan_only(world, client):
    proposal = world.proposal("included")
    item = proposal.plan_items.get()
    page = reverse("planning:item-paper", args=[item.pk, "xlsx"])
    as_public = client.get(page)
    wrong_kind = client.get(reverse("planning:item-paper", args=[item.pk, "exe"]))
    Proposal.objects.filter(pk=proposal.pk).update(state="accepted")

    taken_back = client.get(page)

    assert [answer.status_code for answer in (as_public, wrong_kind, taken_back)] == [200, 404, 404]


def test_form_by_the_way_of_proposals_stays_inside(world, client):
    proposal = world.proposal("included")

    answer = client.get(reverse("planning:proposal-paper", args=[proposal.pk, "pdf"]))

    assert (answer.status_code, "sign-in" in answer.url or "login" in answer.url) == (302, True)


def rows_of(content: bytes) -> list[list[str]]:
    with open_grids(io.BytesIO(content)) as grids:
        _name, lines = next(grids)
        return [line.fields for line in lines]


def test_summary_tells_years_with_totals_and_hides_those_of_a_proposal_taken_back(world, client):
    years = {YEAR: Decimal("100.50"), YEAR + 2: Decimal("200")}
    activity = actions.ActivityWords("ขุด", years)
    split = world.proposal("included", budget_asked=Decimal("300.50"), activities=(activity,))
    back = world.proposal("included", budget_asked=Decimal("50"))
    Proposal.objects.filter(pk=back.pk).update(state="accepted")
    page = reverse("planning:version-summary", args=[world.version().pk, "xlsx"])

    found = [row[1:2] + row[3:] for row in rows_of(client.get(page).content)[1:]]

    assert found == [
        [split.name, "100.5", "0", "200", "0", "0", "0", "300.5"],
        [back.name, "0", "0", "0", "0", "0", "50", "50"],
        ["รวม", "100.5", "0", "200", "0", "0", "50", "350.5"],
        ["รวม", "100.5", "0", "200", "0", "0", "50", "350.5"],
    ]


def test_summary_as_pdf_lies_across_in_thai_digits(world, client, tmp_path):
    proposal = world.proposal("included")
    page = reverse("planning:version-summary", args=[world.version().pk, "pdf"])

    answer = client.get(page)

    text = words_of(answer.content, tmp_path)
    told = ["แบบ จ.1", proposal.name, "1,250,000"]
    assert [words for words in told if to_thai("".join(words.split())) not in text] == []
    assert [digit for digit in "0123456789" if digit in text] == []


def test_briefs_of_a_plan_are_those_that_the_public_may_see_in_its_order(world, client):
    first, second, back = (world.proposal("included") for _ in range(3))
    Proposal.objects.filter(pk=back.pk).update(state="accepted")

    answer = client.get(reverse("planning:version-briefs", args=[world.version().pk]))

    found = [row.brief for row in read_briefs(io.BytesIO(answer.content))]
    assert found == [brief_of(first), brief_of(second)]


def test_papers_of_a_bill_are_not_offered(world, client):
    version = world.version()
    PlanVersion.objects.filter(pk=version.pk).update(source="bill")

    answers = [
        client.get(reverse("planning:version-summary", args=[version.pk, "xlsx"])).status_code,
        client.get(reverse("planning:version-briefs", args=[version.pk])).status_code,
    ]

    assert answers == [404, 404]


@pytest.mark.parametrize("page", ["version-summary", "version-briefs"])
def test_papers_of_a_plan_ask_no_more_for_three_projects_than_for_one(world, client, page):
    world.proposal("included")
    kind = ["xlsx"] if page == "version-summary" else []
    address = reverse(f"planning:{page}", args=[world.version().pk, *kind])
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    world.proposal("included")
    world.proposal("included")

    with CaptureQueriesContext(connection) as for_three:
        client.get(address)

    assert len(for_three) == len(for_one)


def test_official_papers_are_thai_for_english_readers_too(world, client):
    proposal = world.proposal("included")
    client.cookies["language"] = "en"

    answer = client.get(reverse("planning:item-paper", args=[proposal.plan_items.get().pk, "xlsx"]))

    (row,) = read_briefs(io.BytesIO(answer.content))
    with override("th"):
        assert row.brief == brief_of(proposal)
