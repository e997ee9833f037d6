"""XLSX → Prasan → XLSX: what an author wrote comes back as it was; what cannot be taken is told whole."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.kernel.text import clean
from prasan.planning import actions
from prasan.planning.imports.brief_words import CannotBeTaken, words_from
from prasan.planning.models import Approach, ProjectKind
from prasan.planning.papers.brief import ActivityLine, Brief, Form, IndicatorLine, brief_of
from prasan.planning.papers.form_xlsx import write_form_list, write_form_sheets
from tests.factories.planning import World, make_issue, make_sector

OWN = {"number": None, "area": "", "area_name": "", "issue": ""}
"""What belongs to the place and the committee, not to the words of the author."""


def words(longest: int) -> st.SearchStrategy[str]:
    odd = st.sampled_from(
        ["=1+1", "+66", "๐๐๗", "1e5", "ก\nข", "_x0041_", "TRUE", "1. ชื่อโครงการ", "6.1", "น้ำ"]
    )
    return st.one_of(st.text(max_size=longest), odd).map(lambda text: clean(text).strip()[:longest].strip())


NAMES = words(60).filter(bool)
SUMS = st.decimals(Decimal("0.01"), Decimal("9999999999.99"), places=2)
DAYS = st.none() | st.dates(date(1901, 1, 1), date(2200, 12, 31))


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """Briefs as proposals can hold them."""
    year = draw(st.integers(2560, 2690))
    years = st.dictionaries(st.integers(year, year + 9), SUMS, max_size=4)
    lines = draw(st.lists(st.builds(ActivityLine, NAMES, words(60), words(60), years), max_size=4).map(tuple))
    days = sorted(day for day in (draw(DAYS), draw(DAYS)) if day)
    texts = ("main_programme", "programme", "rationale", "objective", "target_words", "operator", "output",
             "outcome")  # fmt: skip
    return Brief(
        name=draw(NAMES),
        fiscal_year=year,
        sector="water",
        kind=draw(st.sampled_from(["", "building"])),
        approach=draw(st.sampled_from(["", "แหล่งน้ำ"])) if 2571 <= year <= 2575 else "",
        indicators=draw(st.lists(st.builds(IndicatorLine, NAMES, words(60)), max_size=4).map(tuple)),
        activities=lines,
        budget_asked=sum((line.cost for line in lines), Decimal(0)),
        starts=days[0] if days else None,
        ends=days[1] if len(days) > 1 else None,
        households=draw(st.integers(0, 10_000_000)),
        beneficiaries=draw(st.none() | st.integers(0, 100_000_000)),
        **{name: draw(words(200)) for name in texts},
    )


@pytest.fixture
def known(world: World) -> World:
    make_sector()
    ProjectKind.objects.get_or_create(code="building", defaults={"name_th": "ก่อสร้าง", "name_en": "Building"})
    Approach.objects.create(issue=make_issue(), number=1, name_th="แหล่งน้ำ", name_en="Water")
    return world


def as_form(brief: Brief) -> io.BytesIO:
    stream = io.BytesIO()
    write_form_sheets(stream, [Form(brief)])
    return stream


def as_list(brief: Brief) -> io.BytesIO:
    stream = io.BytesIO()
    write_form_list(stream, lambda: [brief])
    return stream


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(brief=briefs())
def test_what_a_file_says_is_kept_and_written_again_without_loss(known: World, brief: Brief) -> None:
    draft = known.proposal("draft")
    for write in (as_form, as_list):
        read = words_from(write(brief), approaches=Approach.objects.all())

        kept = actions.edit_proposal(draft, read, by=known.person("village_head"))

        kept = type(kept).objects.get(pk=kept.pk)
        assert replace(brief_of(kept), **OWN) == brief
        assert words_from(write(brief_of(kept)), approaches=Approach.objects.all()) == read


def test_every_fault_is_told_with_its_sheet_and_nothing_taken(known: World) -> None:
    line = ActivityLine("ขุด", "", "", {2560: Decimal(5)})
    brief = Brief(sector="magic", kind="spell", approach="ไม่มี", fiscal_year=2571, activities=(line,), households="หลายหลัง")  # type: ignore[arg-type]  # fmt: skip  # noqa: E501

    with pytest.raises(CannotBeTaken) as told:
        words_from(as_form(brief), approaches=Approach.objects.all())

    faults = [fault.en for fault in told.value.faults]
    assert len(faults) == 7
    assert all(fault.startswith("Sheet “จ.1-1 (1)”: ") for fault in faults)
    assert "Line 2" in faults[0]
    assert "2560, outside 2571 to 2580" in faults[5]
    assert "cost 5.00 baht, but 0.00" in faults[6]


def test_file_of_two_projects_or_of_none_is_refused(known: World) -> None:
    stream = io.BytesIO()
    write_form_sheets(stream, [Form(Brief(name="ก")), Form(Brief(name="ข"))])

    for content, words_told in ((stream, "holds 2 projects"), (io.BytesIO(b"x"), ""), (io.BytesIO(b""), "")):
        with pytest.raises(CannotBeTaken) as told:
            words_from(content, approaches=Approach.objects.all())
        assert words_told in told.value.faults[0].en


def test_approach_borne_by_two_issues_is_the_one_under_the_named_issue(known: World) -> None:
    other = make_issue(number=77, name_th="อื่น")
    wanted = Approach.objects.create(issue=other, number=1, name_th="แหล่งน้ำ", name_en="")
    brief = Brief(name="ก", sector="water", fiscal_year=2571, approach="แหล่งน้ำ")

    named = words_from(as_form(replace(brief, issue="77. อื่น")), approaches=Approach.objects.all())

    assert named.approach == wanted
    with pytest.raises(CannotBeTaken):
        words_from(as_form(brief), approaches=Approach.objects.all())
