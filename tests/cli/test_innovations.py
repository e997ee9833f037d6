import csv

import pytest

from prasan.cli.main import main


def written(path, lines, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(lines)
    return path


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_pairs_of_titles_are_written_with_their_likeness_and_all_they_had(tmp_path, capsys, encoding):
    pairs = written(
        tmp_path / "pairs.csv",
        [
            ["pair", "title_a", "why", "title_b"],
            ["p2", "ธนาคารขยะ", "ข", "ธนาคารน้ำใต้ดิน"],
            ["p1", "e-Office", "a", "ระบบสารบรรณอิเล็กทรอนิกส์"],
        ],
        encoding,
    )

    assert main(["innovations", "likeness", str(pairs), "-o", str(tmp_path / "out.csv")]) == 0

    out = read(tmp_path / "out.csv")
    assert list(out[0]) == ["pair", "title_a", "why", "title_b", "likeness"]
    assert [line["pair"] for line in out] == ["p2", "p1"]
    assert [line["why"] for line in out] == ["ข", "a"]
    assert float(out[0]["likeness"]) < 0.5 < float(out[1]["likeness"])
    assert capsys.readouterr().out == "ให้คะแนนแล้ว 2 คู่\n"


def test_the_command_speaks_english_where_asked(tmp_path, capsys):
    pairs = written(tmp_path / "pairs.csv", [["title_a", "title_b"], ["EMS", "1669"]])
    out = tmp_path / "out.csv"

    assert main(["innovations", "likeness", str(pairs), "-o", str(out), "--language", "en"]) == 0

    assert capsys.readouterr().out == "Pairs rated: 1.\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title_a,title\nx,y\n", "has no column title_b."),
        (b"title_a,title_b\nx\n", "2"),
        (b"", ""),
    ],
)
def test_a_file_that_cannot_be_rated_is_refused_and_nothing_is_written(tmp_path, capsys, content, sentence):
    pairs = tmp_path / "pairs.csv"
    pairs.write_bytes(content)

    assert main(["innovations", "likeness", str(pairs), "-o", str(tmp_path / "out.csv")]) != 0

    told = capsys.readouterr().err
    assert sentence in told
    assert any("ก" <= letter <= "๛" for letter in told)
    assert list(tmp_path.iterdir()) == [pairs]
