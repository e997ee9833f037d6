import json

import pytest

from prasan.cli.main import all_commands
from prasan.ledger.actions import seal_pending
from tests.factories.ledger import guards_off, write_entries


def run(*words):
    options = all_commands().parser.parse_args(["ledger", *words])
    return options.run(options) or 0


@pytest.fixture
def sealed(db):
    entries = write_entries(2)
    seal_pending()
    return entries


def test_verify_of_a_sound_ledger_ends_well(sealed, capsys):
    assert run("verify", "--language", "en") == 0

    assert capsys.readouterr().out.splitlines()[-1] == "No fault was found."


def test_verify_of_a_changed_ledger_names_the_entry_and_fails(sealed, capsys):
    with guards_off() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET kind = 'x.y.z' WHERE id = {sealed[1].pk}")

    assert run("verify", "--language", "en") == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"entry.changed\t{sealed[1].pk}\tEntry {sealed[1].pk} (x.y.z) was changed."
    assert lines[-1] == "1 faults were found."


def test_verify_speaks_thai_unless_told_otherwise(sealed, capsys):
    assert run("verify") == 0

    assert capsys.readouterr().out.splitlines()[-1] == "ไม่พบสิ่งผิดปกติ"


def test_anchor_goes_to_a_file_that_verify_takes(sealed, tmp_path):
    file = tmp_path / "anchor.json"

    assert run("anchor", "-o", str(file)) == 0
    assert run("verify", "--anchor", str(file)) == 0

    assert json.loads(file.read_text(encoding="utf-8"))["count"] == 2


def test_seal_says_how_many(db, capsys):
    write_entries(3)

    assert run("seal") == 0

    assert "3 entries sealed" in capsys.readouterr().out


def test_key_is_printed_once_there_is_one(db, capsys):
    assert run("key") == 1
    write_entries(1)
    seal_pending()
    capsys.readouterr()

    assert run("key") == 0

    assert len(capsys.readouterr().out.strip()) == 64
