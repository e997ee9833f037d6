from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.ledger.seals import leaf_of, pack_ids, root_of, split_leaves, unpack_ids

AT = datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
ROW = (
    7,
    AT,
    "planning.need.enter",
    "planning.need",
    "12",
    3,
    4,
    {"state": "draft"},
    {"b": [1, True], "a": "ก"},
    b"\x01",
)


def root_by_definition(leaves):
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_by_definition(leaves[:split]), root_by_definition(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70))
def test_root_is_that_of_rfc_6962(leaves):
    assert root_of(leaves) == root_by_definition(leaves)


def test_root_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        root_of([])


def test_leaf_is_written_down_for_good():
    canonical = (
        b'\x00prasan.ledger.entry.1\n[7,"2025-01-02T03:04:05.000678+00:00","planning.need.enter","planning.need",'
        b'"12",3,4,{"state":"draft"},{"a":"\xe0\xb8\x81","b":[1,true]},"01"]'
    )

    assert leaf_of(ROW) == sha256(canonical).digest()


def test_leaf_does_not_depend_on_zone_or_order_of_facts():
    moved = AT.astimezone(timezone(timedelta(hours=7)))
    same = (7, moved, *ROW[2:8], {"a": "ก", "b": [1, True]}, memoryview(b"\x01"))

    assert leaf_of(same) == leaf_of(ROW)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, 8),
        (1, AT + timedelta(microseconds=1)),
        (2, "planning.need.entes"),
        (3, "planning.nee"),
        (4, "13"),
        (5, None),
        (6, 40),
        (7, {}),
        (8, {"a": "ก", "b": [1, 1]}),
        (9, None),
    ],
)
def test_leaf_changes_with_every_column(column, value):
    row = [*ROW]
    row[column] = value

    assert leaf_of(tuple(row)) != leaf_of(ROW)


def test_leaf_does_not_run_columns_together():
    one, other = [*ROW], [*ROW]
    one[3], one[4] = "planning.need", "12"
    other[3], other[4] = "planning.need12", ""

    assert leaf_of(tuple(one)) != leaf_of(tuple(other))


@given(st.lists(st.integers(min_value=1, max_value=2**63 - 1)))
def test_ids_come_back_as_packed(ids):
    assert unpack_ids(pack_ids(ids)) == tuple(ids)


def test_damaged_columns_are_read_as_far_as_they_go():
    assert unpack_ids(pack_ids([1, 2])[:-3]) == (1,)
    assert split_leaves(bytes(40)) == [bytes(32), bytes(8)]
