from hypothesis import given
from hypothesis import strategies as st

from prasan.complaints.receipts import (
    digest_of,
    digits_of,
    fresh_secret,
    is_receipt,
    is_secret_of,
    receipt_of,
    spaced,
    written,
)

SERIALS = st.integers(1, 9_999_999)


@given(st.integers(2560, 2699), SERIALS)
def test_receipt_is_right_as_it_is_read_aloud_in_either_digits(year, serial):
    receipt = receipt_of(year, serial)
    thai = written(receipt).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))

    assert digits_of(thai) == receipt
    assert is_receipt(receipt)


@given(SERIALS, st.data())
def test_one_wrong_digit_is_found(serial, data):
    receipt = receipt_of(2569, serial)
    place = data.draw(st.integers(0, len(receipt) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != receipt[place]]))

    assert not is_receipt(receipt[:place] + wrong + receipt[place + 1 :])


@given(SERIALS, st.integers(0, 8))
def test_two_digits_that_changed_places_are_found(serial, place):
    receipt = receipt_of(2569, serial)
    turned = receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]

    assert is_receipt(turned) == (turned == receipt)


@given(st.text(max_size=20))
def test_what_is_no_receipt_is_not_taken_for_one(typed):
    assert not is_receipt(typed) or (typed.isascii() and typed.isdigit())


def test_secret_opens_only_the_receipt_it_was_made_for():
    secret = fresh_secret()
    kept = digest_of("6900000017", secret)

    assert is_secret_of("6900000017", kept, spaced(secret))
    assert not is_secret_of("6900000025", kept, secret)
    assert not is_secret_of("6900000017", kept, "")
    assert secret not in kept


def test_secrets_differ():
    assert len({fresh_secret() for _ in range(200)}) == 200
