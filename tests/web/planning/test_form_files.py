from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prasan.planning import actions
from prasan.planning.models import Proposal
from prasan.planning.papers.brief import Form, brief_of
from prasan.planning.papers.form_xlsx import write_form_sheets
from tests.factories.planning import YEAR


def file_of(*briefs):
    stream = io.BytesIO()
    write_form_sheets(stream, [Form(brief) for brief in briefs])
    return SimpleUploadedFile("form.xlsx", stream.getvalue())


def boxes_of(form):
    """What a browser would send of the form as it is shown."""
    values = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, "", []):
            values[name] = value
    return values


@pytest.fixture
def source(world):
    years = {YEAR: Decimal("100.25"), YEAR + 2: Decimal("200")}
    activities = (
        actions.ActivityWords("ขุด", years, "อบต.", "ชลประทาน"),
        actions.ActivityWords("ฝึกอบรม", {}, "", ""),
    )
    return world.proposal(
        "draft",
        name="โครงการจากไฟล์",
        budget_asked=Decimal("300.25"),
        activities=activities,
        indicators=(actions.IndicatorWords("ครัวเรือน", "ร้อยละ 90"),),
        operator="อบต.",
        output="หนองน้ำ",
        beneficiaries=0,
    )


def test_new_proposal_is_filled_from_a_file_and_sent_as_it_stands(world, browser, source):
    need, head = world.need(), browser("village_head")
    address = reverse("planning:propose")
    key = str(uuid4())

    shown = head.post(
        address,
        {
            "more": "file",
            "needs": [need.pk],
            "form_key": key,
            "name": "พิมพ์ไว้",
            "form_file": file_of(brief_of(source)),
        },
    )

    form = shown.context["form"]
    assert (shown.status_code, form["name"].value(), form["needs"].value()) == (
        200,
        source.name,
        [str(need.pk)],
    )
    assert Proposal.objects.count() == 1
    sent = head.post(address, {**boxes_of(form), "draft": "1"})
    made = Proposal.objects.exclude(pk=source.pk).get()
    assert sent.url == reverse("planning:proposal", args=[made.pk])
    assert list(made.needs.all()) == [need]
    assert replace(brief_of(made), number=source.pk) == brief_of(source)


def test_draft_is_filled_anew_from_its_own_file_changed_elsewhere(world, browser, source):
    head = browser("village_head")
    address = reverse("planning:proposal-edit", args=[source.pk])
    changed = replace(brief_of(source), name="ชื่อใหม่", indicators=())

    form = head.post(address, {"more": "file", "form_file": file_of(changed)}).context["form"]
    source.refresh_from_db()
    assert source.name == "โครงการจากไฟล์"
    head.post(address, {**boxes_of(form), "draft": "1"})

    assert brief_of(Proposal.objects.get(pk=source.pk)) == changed


def test_faulty_file_is_told_and_what_was_typed_stays(world, browser, source):
    head = browser("village_head")
    address = reverse("planning:proposal-edit", args=[source.pk])
    brief = brief_of(source)
    many = [
        {"form_file": file_of(replace(brief, sector="magic", kind="spell"))},
        {"form_file": file_of(brief, brief)},
        {"form_file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a workbook")},
        {"form_file": file_of(replace(brief, fiscal_year=2690, activities=(), budget_asked=Decimal(0)))},
        {},
    ]

    answers = [head.post(address, {"more": "file", "name": "พิมพ์ไว้", **sent}) for sent in many]

    assert [len(answer.context["form"].file_faults) for answer in answers] == [2, 1, 1, 1, 1]
    assert {answer.context["form"]["name"].value() for answer in answers} == {"พิมพ์ไว้"}
    assert "magic" in answers[0].content.decode()
    assert 'role="alert"' in answers[1].content.decode()


def test_own_project_of_an_agency_is_filled_from_a_file(world, browser, source):
    officer = browser("agency_officer")

    shown = officer.post(
        reverse("planning:own-project"),
        {"more": "file", "agency": world.agency.pk, "area": "320704", "form_file": file_of(brief_of(source))},
    )

    form = shown.context["form"]
    assert (form["name"].value(), form["area"].value()) == (source.name, "320704")
