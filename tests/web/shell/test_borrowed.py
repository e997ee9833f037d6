"""Every sentence borrowed from Django and allauth is one that they really say, and is said in Thai."""

from pathlib import Path

import allauth
import django
import pytest
from django.utils import translation

from prasan.web.shell.borrowed import SENTENCES

SOURCES = [
    path.read_text(encoding="utf-8").replace('"\n            "', "").replace('"\n        "', "")
    for package in (allauth, django)
    for path in sorted(Path(package.__file__).parent.rglob("*.py"))
    if any(part in path.parts for part in ("forms", "fields", "auth", "account", "mfa", "core", "models"))
]
ONE = [sentence for sentence in SENTENCES if isinstance(sentence, str)]


@pytest.mark.parametrize("sentence", ONE)
def test_borrowed_sentence_is_still_said(sentence):
    assert any(sentence in source for source in SOURCES)


@pytest.mark.parametrize("sentence", ONE)
def test_borrowed_sentence_is_said_in_thai(sentence):
    with translation.override("th"):
        said = translation.gettext(sentence)

    assert any("ก" <= letter <= "๛" for letter in said)


@pytest.mark.parametrize("sentence", [sentence for sentence in SENTENCES if not isinstance(sentence, str)])
def test_borrowed_sentence_with_a_number_is_said_in_thai(sentence):
    with translation.override("th"):
        try:
            said = sentence % {"limit_value": 3, "show_value": 4, "max": 3, "length": 4, "min_length": 3}
        except TypeError:
            said = sentence % 3

    assert "ตัวอักษร" in said
