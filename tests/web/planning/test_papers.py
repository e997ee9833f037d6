from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from django.urls import reverse

from prasan.kernel.digits import to_thai
from prasan.planning.imports.briefs import read_briefs
from prasan.planning.models import Proposal
from prasan.planning.papers.brief import brief_of
from tests.factories.agencies import make_holder
from tests.factories.planning import World


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
