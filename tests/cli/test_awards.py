import json

import pytest

from prasan.awards.models import Decision
from prasan.awards.queries.recounting import CountedOtherwise
from prasan.cli.awards import recount
from prasan.cli.main import all_commands, as_fault
from prasan.kernel.refusals import Refused
from tests.factories.awards import make_decided, make_edition

pytestmark = pytest.mark.django_db


def run(edition):
    return recount(all_commands().parser.parse_args(["awards", "recount", str(edition)]))


def test_recount_prints_what_was_decided_without_names(capsys):
    contest = make_decided()

    code = run(contest.edition.pk)

    printed = capsys.readouterr().out
    assert (code, printed) == (0, Decision.objects.get().lines)
    lines = [json.loads(line) for line in printed.splitlines()]
    assert [line.get("place") for line in lines] == [None, 1, 2, 3, 4]
    assert contest.entries[0].title not in printed
    assert str(contest.entries[0].owner) not in printed


def test_recount_tells_where_the_decision_was_changed(capsys):
    contest = make_decided()
    Decision.objects.update(lines=Decision.objects.get().lines.replace("excellent", "winner"))

    code = run(contest.edition.pk)

    assert code == 1
    assert "excellent" in capsys.readouterr().out


def test_recount_says_in_both_languages_that_another_mathematics_decided(capsys, monkeypatch):
    contest = make_decided()
    monkeypatch.setattr("prasan.awards.queries.recounting.VERSION", "2")

    with pytest.raises(CountedOtherwise) as refusal:
        run(contest.edition.pk)

    fault = as_fault(refusal.value)
    assert "รุ่น 1" in fault.th
    assert "รุ่น 2" in fault.th
    assert "by version 1" in fault.en
    assert "has version 2" in fault.en
    assert capsys.readouterr().out == ""


def test_recount_without_decision_says_so():
    with pytest.raises(Refused):
        run(make_edition("open").edition.pk)
