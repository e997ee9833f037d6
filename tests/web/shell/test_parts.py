from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation

from prasan.cases.queries import Happening, OpenStep, Remark
from prasan.kernel.flow import State, Step
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import Right
from prasan.web.shell.trail import Crumb

RIGHT = Right("test.do", "ทำไม่ได้", ())
APPROVE = Step(
    "approve", "บรรจุในแผน", ("draft",), "done", RIGHT, effect="โครงการจะอยู่ในแผนปี 2568", icon="check2"
)
DECLINE = replace(APPROVE, code="decline", label="ส่งกลับ", needs_note=True)
CLASSIFY = replace(APPROVE, code="classify", label="จำแนก", by_action=True)


@dataclass
class Case:
    pk: int = 7


def _never_asked(request, pk, step):
    raise NotImplementedError


urlpatterns = [
    path("cases/<int:pk>/<str:step>/", _never_asked, name="step"),
    path("forms/<int:pk>/<str:step>/", _never_asked, name="form"),
]


@pytest.fixture(autouse=True)
def _thai_with_these_addresses(settings):
    settings.ROOT_URLCONF = __name__
    with translation.override("th"):
        yield


def steps(*open_steps, **more):
    context = {"steps": open_steps, "case": Case(), "step_url": "step", **more}
    return render_to_string("parts/steps.html", context)


def test_step_is_a_button_that_says_the_act_and_shows_its_effect():
    shown = steps(OpenStep(APPROVE, True))

    assert 'action="/cases/7/approve/"' in shown
    assert '<button class="btn btn-primary" type="submit">บรรจุในแผน</button>' in shown
    assert "โครงการจะอยู่ในแผนปี 2568" in shown
    assert "required" not in shown
    assert "hx-post" not in shown


def test_step_that_needs_a_reason_asks_for_it():
    assert "required>" in steps(OpenStep(DECLINE, True))


def test_step_that_is_not_possible_says_why_and_has_no_button():
    shown = steps(OpenStep(APPROVE, False, "ยังไม่ได้ระบุงบประมาณ"))

    assert "ยังไม่ได้ระบุงบประมาณ" in shown
    assert "<form" not in shown


def test_step_that_needs_more_leads_to_its_form():
    shown = steps(OpenStep(CLASSIFY, True), form_url="form")

    assert 'href="/forms/7/classify/"' in shown
    assert "<form" not in shown


def test_refused_step_stays_open_with_the_words_typed():
    shown = steps(
        OpenStep(APPROVE, True),
        OpenStep(DECLINE, True),
        refusal=Refused("ยังส่งกลับไม่ได้"),
        tried="decline",
        typed="เพราะ <งบ> ไม่พอ",
    )

    assert shown.count("<details") == 2
    assert shown.count(" open>") == 1
    assert "เพราะ &lt;งบ&gt; ไม่พอ</textarea>" in shown
    assert "ยังส่งกลับไม่ได้" in shown


def test_step_is_sent_in_place_where_a_target_is_named():
    shown = steps(OpenStep(APPROVE, True), target="#case")

    assert 'hx-post="/cases/7/approve/"' in shown
    assert 'hx-target="#case"' in shown


HAPPENED = Happening(
    when=datetime(2024, 8, 20, 7, 30, tzinfo=UTC),
    kind="test.approve",
    label="บรรจุในแผน",
    state=State("done", "อยู่ในแผน", tone="good"),
    post="ผู้ว่าราชการจังหวัด",
    body="จังหวัดสุรินทร์",
    acting_for="",
    person="",
    remarks=(),
)


def test_timeline_says_what_when_and_by_which_post():
    shown = render_to_string("parts/timeline.html", {"events": [HAPPENED]})

    assert "บรรจุในแผน" in shown
    assert "ผู้ว่าราชการจังหวัด · จังหวัดสุรินทร์" in shown
    assert "20 ส.ค. 2567 14.30 น." in shown
    assert "#check-lg" in shown


def test_timeline_says_for_whom_somebody_acted():
    shown = render_to_string(
        "parts/timeline.html", {"events": [replace(HAPPENED, post="ปลัดจังหวัด", acting_for="ผู้ว่าราชการจังหวัด")]}
    )

    assert "ปลัดจังหวัด (รักษาราชการแทนผู้ว่าราชการจังหวัด)" in shown


def test_timeline_shows_words_as_text_and_that_others_were_erased():
    remarks = (
        Remark(note=None, is_internal=False, text="<script>", erased_at=None),
        Remark(note=None, is_internal=True, text="", erased_at=datetime(2024, 9, 1, tzinfo=UTC)),
    )

    shown = render_to_string("parts/timeline.html", {"events": [replace(HAPPENED, remarks=remarks)]})

    assert "&lt;script&gt;" in shown
    assert "บันทึกภายใน" in shown
    assert "ข้อความนี้ถูกลบเมื่อ 1 กันยายน 2567" in shown


def test_breadcrumbs_end_at_the_page_itself():
    shown = render_to_string(
        "parts/breadcrumbs.html", {"trail": [Crumb("ประเทศไทย", "/places/"), Crumb("สุรินทร์")]}
    )

    assert '<a href="/places/">ประเทศไทย</a>' in shown
    assert '<span aria-current="page">สุรินทร์</span>' in shown


def test_empty_list_says_what_to_do_next():
    shown = render_to_string(
        "parts/empty.html", {"sentence": "ยังไม่มีรายการ", "address": "/new/", "label": "เพิ่ม"}
    )

    assert '<a class="btn btn-primary" href="/new/">เพิ่ม</a>' in shown
