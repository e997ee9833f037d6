import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.digits import to_thai
from prasan.kernel.identity import is_thai_id, mask_thai_id

# Made for the test by the rule of the check digit; not taken from any register.
VALID = "1234567890121"


def with_check_digit(twelve):
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(twelve))
    return twelve + str((11 - total % 11) % 10)


@pytest.mark.parametrize(
    "written",
    [VALID, "1-2345-67890-12-1", "1 2345 67890 12 1", to_thai(VALID), f" {VALID} ", "0012345678909"],
)
def test_a_number_with_its_check_digit_is_good(written):
    assert is_thai_id(written) is True


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1234567890122",
        "123456789012",
        "12345678901210",
        "1234567890l21",
        "0000000000001",
        "1/2345/67890/12/1",
        "x",
    ],
)
def test_any_other_number_is_not(written):
    assert is_thai_id(written) is False


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_found_unless_the_rule_itself_is_blind_to_it(twelve, place, change):
    number = with_check_digit(twelve)
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]

    assert is_thai_id(number) is True
    assert is_thai_id(wrong) == (wrong == with_check_digit(wrong[:12]))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (VALID, "x-xxxx-xxxxx-12-1"),
        ("1-2345-67890-12-1", "x-xxxx-xxxxx-12-1"),
        (to_thai(VALID), "x-xxxx-xxxxx-12-1"),
        ("12345", "xxxxx"),
        ("passport AA๑23", "passport AAxxx"),
    ],
)
def test_a_number_is_shown_without_giving_it_away(written, shown):
    assert mask_thai_id(written) == shown
