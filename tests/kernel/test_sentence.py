import pytest

from prasan.kernel.sentence import NotUnderstood, Sentence

BOTH = Sentence("กรุณากรอกตัวเลข", "Please enter a number.")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("th", BOTH.th),
        ("en", BOTH.en),
        ("en-GB", BOTH.en),
        ("EN_us", BOTH.en),
        ("eng", BOTH.th),
        ("lo", BOTH.th),
        ("", BOTH.th),
    ],
)
def test_sentence_is_english_only_where_english_is_asked_for(lang, text):
    assert BOTH.text(lang) == text


def test_what_is_not_understood_says_so_in_both_languages():
    fault = NotUnderstood(BOTH)

    assert (fault.th, fault.en, str(fault), fault.sentence) == (BOTH.th, BOTH.en, BOTH.th, BOTH)
    assert isinstance(fault, ValueError)
