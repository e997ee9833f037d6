"""Numbers, days and words as each person reads them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from prasan.kernel.flow import State
from prasan.web.shell.preferences import Preferences
from prasan.web.shell.templatetags.prasan import device

VALUES = {
    "amount": Decimal("1160100"),
    "whole": Decimal("2500.00"),
    "satang": Decimal("2500.05"),
    "day": date(2024, 8, 20),
    "moment": datetime(2024, 8, 20, 7, 30, tzinfo=UTC),
    "state": State("a", "ส่งแล้ว", tone="waiting"),
}


def shown(template, *, language="th", digits="arabic", path="/"):
    request = RequestFactory().get(path)
    request.COOKIES |= {"language": language, "digits": digits}
    request.user = AnonymousUser()
    page = Preferences(
        lambda request: HttpResponse(Template(template).render(Context(VALUES | {"request": request})))
    )
    return page(request).content.decode()


@pytest.mark.parametrize(
    ("template", "thai", "thai_digits", "english"),
    [
        ("{{ amount|number }}", "1,160,100", "๑,๑๖๐,๑๐๐", "1,160,100"),
        ("{{ amount|baht }}", "1,160,100 บาท", "๑,๑๖๐,๑๐๐ บาท", "1,160,100 baht"),
        ("{{ amount|amount }}", "1,160,100", "๑,๑๖๐,๑๐๐", "1,160,100"),
        ("{{ whole|amount }}", "2,500", "๒,๕๐๐", "2,500"),
        ("{{ satang|amount }}", "2,500.05", "๒,๕๐๐.๐๕", "2,500.05"),
        ("{{ day|thai_date }}", "20 สิงหาคม 2567", "๒๐ สิงหาคม ๒๕๖๗", "20 August 2024"),
        ("{{ day|thai_date:'short' }}", "20 ส.ค. 2567", "๒๐ ส.ค. ๒๕๖๗", "20 Aug 2024"),
        ("{{ moment|thai_datetime }}", "20 ส.ค. 2567 14.30 น.", "๒๐ ส.ค. ๒๕๖๗ ๑๔.๓๐ น.", "20 Aug 2024 14:30"),
        ("{{ 2568|fiscal_year }}", "2568", "๒๕๖๘", "2568 (2025)"),
        ("{{ 'ม.5'|digits }}", "ม.5", "ม.๕", "ม.5"),
    ],
)
def test_value_is_shown_as_the_person_reads(template, thai, thai_digits, english):
    assert shown(template) == thai
    assert shown(template, digits="thai") == thai_digits
    assert shown(template, language="en") == english


def test_what_is_not_known_is_a_dash_and_not_zero():
    assert shown("{{ nothing|number }}{{ nothing|baht }}{{ 0|number }}") == "––0"


def test_digits_of_one_page_do_not_reach_the_next():
    shown("{{ amount|number }}", digits="thai")

    assert Template("{{ amount|number }}").render(Context(VALUES)) == "1,160,100"


def test_language_nobody_speaks_here_is_thai():
    assert shown("{% trans 'My work' %}", language="xx") == "งานของฉัน"


def test_state_is_icon_word_and_colour():
    drawn = shown("{% status state %}")

    assert "#hourglass-split" in drawn
    assert "ส่งแล้ว" in drawn
    assert "state-waiting" in drawn


def test_icon_with_a_label_is_read_out_and_one_without_is_not():
    assert 'aria-hidden="true"' in shown("{% icon 'house' %}")
    assert 'aria-label="หน้าแรก"' in shown("{% icon 'house' 'หน้าแรก' %}")


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("{% address_with page=2 %}", "?q=a&amp;page=2"),
        ("{% address_with q='' %}", "/list/"),
        ("{% address_with q='ก ข' %}", "?q=%E0%B8%81+%E0%B8%82"),
    ],
)
def test_address_of_the_page_changes_in_one_question(template, address):
    assert shown(template, path="/list/?q=a") == address


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36", "Chrome · Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("curl/8", "curl/8"),
        ("", "–"),
    ],
)
def test_device_is_named_as_people_know_it(said, read):
    with translation.override("th"):
        assert device(said) == read
