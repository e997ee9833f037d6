import csv
import gzip

import pytest

from prasan.cli.main import main

HEADINGS = ["row_id", "timestamp", "type", "comment", "lon", "lat"]
ROWS = [
    ["C3", "2024-06-01 08:00:00+00", "ไฟฟ้า", "ไฟทางดับปากซอยทุ่งทอง 5", "100.5", "13.75"],
    ["C1", "2024-06-02T08:00:00+00:00", "อื่นๆ", "ปากซอยทุ่งทอง 5 ไฟทางดับ", "100.5", "13.75"],
    ["C2", "2024-06-02 08:00:00+00", "", "สุนัขเห่าเสียงดัง", "", ""],
]


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADINGS, *ROWS])
    return path


def written(path, lines):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return path


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_pairs_are_written_with_their_likeness_and_all_they_had(rows, tmp_path, capsys):
    pairs = written(
        tmp_path / "pairs.csv",
        [["pair", "row_a", "row_b", "why"], ["p1", "C3", "C1", "a"], ["p2", "C2", "C1", "ข"]],
    )

    assert main(["matching", "score", str(pairs), "--rows", str(rows), "-o", str(tmp_path / "out.csv")]) == 0

    out = read(tmp_path / "out.csv")
    assert [{**line, "likeness": ""} for line in out] == [
        {"pair": "p1", "row_a": "C3", "row_b": "C1", "why": "a", "likeness": ""},
        {"pair": "p2", "row_a": "C2", "row_b": "C1", "why": "ข", "likeness": ""},
    ]
    assert float(out[0]["likeness"]) > 0.5 > float(out[1]["likeness"])
    assert capsys.readouterr().out == "ให้คะแนนแล้ว 2 คู่\n"


def test_rows_are_written_with_their_problem(rows, tmp_path):
    assert main(["matching", "group", str(rows), "-o", str(tmp_path / "out.csv"), "--workers", "1"]) == 0

    assert read(tmp_path / "out.csv") == [
        {"row_id": "C3", "problem": "C1"},
        {"row_id": "C1", "problem": "C1"},
        {"row_id": "C2", "problem": "C2"},
    ]


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([["row_a", "row_b"], ["C1", "C9"]], "Row C9 is not in"),
        ([["row_a", "other"], ["C1", "C9"]], "has no column row_b."),
    ],
)
def test_pairs_that_cannot_be_scored_are_refused_with_a_sentence(rows, tmp_path, capsys, pairs, sentence):
    path = written(tmp_path / "pairs.csv", pairs)

    assert main(["matching", "score", str(path), "--rows", str(rows), "-o", str(tmp_path / "out.csv")]) != 0

    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["C1", "2024-06-01", "", "x", "100", "north"]], "Line 2: the point or the moment cannot be read"),
        ([["C1", "yesterday", "", "x", "100", "13"]], "Line 2: the point or the moment cannot be read"),
        ([ROWS[0], ROWS[0]], "Row C3 stands twice"),
    ],
)
def test_rows_that_cannot_be_grouped_are_refused_with_a_sentence(tmp_path, capsys, rows, sentence):
    path = written(tmp_path / "rows.csv", [HEADINGS, *rows])

    assert main(["matching", "group", str(path), "-o", str(tmp_path / "out.csv")]) != 0

    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def grouped(rows, out, *more):
    assert main(["matching", "group", str(rows), "-o", str(out), "--workers", "1", *map(str, more)]) == 0
    return read(out)


def test_what_is_new_is_put_to_what_is_known_as_if_all_were_grouped(rows, tmp_path):
    old = written(tmp_path / "old.csv", [HEADINGS, ROWS[0], ROWS[2]])
    new = written(tmp_path / "new.csv", [HEADINGS, ROWS[1]])
    grouped(old, tmp_path / "known.csv")
    known = ("--known", tmp_path / "known.csv")

    apart = grouped(new, tmp_path / "apart.csv", *known, "--known-rows", old)
    in_one = grouped(rows, tmp_path / "in_one.csv", *known)

    by_row = {line["row_id"]: line["problem"] for line in apart}
    assert by_row == {"C3": "C1", "C2": "C2", "C1": "C1"}
    assert in_one == grouped(rows, tmp_path / "anew.csv")
    assert by_row == {line["row_id"]: line["problem"] for line in in_one}


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ([["row_id", "problem"], ["C9", "C9"]], "Row C9 is not in"),
        ([["row_id", "problem"], ["C3", "C1"]], "lacks the row of problem C1"),
        ([["row_id", "group"], ["C3", "C3"]], "has no column problem."),
    ],
)
def test_known_groups_that_are_not_of_these_rows_are_refused(rows, tmp_path, capsys, known, sentence):
    path = written(tmp_path / "known.csv", known)

    assert main(["matching", "group", str(rows), "-o", str(tmp_path / "out.csv"), "--known", str(path)]) != 0

    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_known_rows_without_known_groups_are_refused(rows, tmp_path, capsys):
    out = tmp_path / "out.csv"

    assert main(["matching", "group", str(rows), "-o", str(out), "--known-rows", str(rows)]) != 0

    assert "--known-rows goes with --known only" in capsys.readouterr().err
