"""What became of the forms of a storm: each fault is counted as itself, and each alone."""

from uuid import uuid4

import pytest

from bench.storm import Findings, Sending, findings


def row(sent, **other):
    told = {"title": sent.title, "known": sent.address, "key": sent.form_key, "is_whole": True, **other}
    return tuple(told.values())


def test_every_form_once_and_whole_is_nothing_wrong():
    sent = [Sending("หนึ่ง", address="/1/"), Sending("สอง", address="/2/")]

    found = findings(sent, [row(each) for each in sent])

    assert found == Findings(0, 0, 0, 0)
    assert found.wrong == 0


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (lambda sent: [], Findings(1, 0, 0, 0)),
        (lambda sent: [row(sent, known="/8/")], Findings(1, 0, 0, 0)),
        (lambda sent: [row(sent, key=uuid4())], Findings(1, 0, 0, 0)),
        (lambda sent: [row(sent, known="/8/", key=uuid4()), row(sent)], Findings(0, 1, 0, 0)),
        (lambda sent: [row(sent, is_whole=False)], Findings(0, 0, 1, 0)),
        (lambda sent: [row(sent), row(sent, known="/9/", title="อื่น")], Findings(0, 0, 0, 1)),
    ],
)
def test_what_is_lost_doubled_half_or_strange_is_counted(kept, found):
    sent = Sending("หนึ่ง", address="/7/")

    assert findings([sent], kept(sent)) == found


def test_form_that_got_no_answer_is_lost_even_where_no_row_is_known_by_anything():
    sent = Sending("หนึ่ง")

    assert findings([sent], [row(sent)]) == Findings(1, 0, 0, 0)
