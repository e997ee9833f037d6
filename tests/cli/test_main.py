import errno
import json
import os
import subprocess
import sys

import pytest

from prasan.cli import main as command_line
from prasan.cli.commands import Commands, Need
from prasan.config.faults import Fault
from prasan.kernel.refusals import Refused


@pytest.fixture
def only(monkeypatch):
    """Lets the command line consist of one command that does what the test says."""

    def install(act):
        def all_commands():
            commands = Commands()
            commands.room("Trial")
            commands.add("try this", "a trial", act, Need.NOTHING)
            return commands

        monkeypatch.setattr(command_line, "all_commands", all_commands)

    return install


def raising(error):
    def act(options):
        raise error

    return act


def test_help_lists_every_command_by_room(capsys):
    assert command_line.main(["--help"]) == 0

    said = capsys.readouterr().out
    listed = [line.strip().split("  ")[0] for line in said.splitlines() if line.startswith("  prasan ")]
    assert listed[:3] == ["prasan run", "prasan worker", "prasan prepare"]
    assert len(listed) == len(set(listed))
    for name in ("import villages", "import budget-lines", "ledger verify", "demo-logins"):
        assert f"prasan {name}" in listed


def test_every_command_says_how_it_is_used(capsys):
    for room in command_line.all_commands().rooms.values():
        for name, summary in room:
            with pytest.raises(SystemExit) as ended:
                command_line.main([*name.split(), "--help"])
            assert ended.value.code == 0
            assert summary.split()[0] in capsys.readouterr().out


@pytest.mark.parametrize("group", ["import", "ledger"])
def test_group_of_commands_lists_them(capsys, group):
    with pytest.raises(SystemExit) as ended:
        command_line.main([group, "--help"])

    said = capsys.readouterr().out
    named = [
        name.split()[1]
        for room in command_line.all_commands().rooms.values()
        for name, _ in room
        if name.startswith(f"{group} ")
    ]
    assert ended.value.code == 0
    assert [name for name in named if f"\n    {name}" not in said] == []


@pytest.mark.parametrize(
    "typed", [["nothing-such"], ["import", "villages"], ["find-place", "ก", "--no-such-option"]]
)
def test_command_typed_wrongly_is_told_in_both_languages(capsys, typed):
    with pytest.raises(SystemExit) as ended:
        command_line.main(typed)

    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith("วิธีใช้ · usage: prasan")
    assert "คำสั่งไม่ครบหรือไม่ถูกต้อง กรุณาดูวิธีใช้ด้วย prasan" in said
    assert "Not understood: " in said


def test_no_command_at_all_shows_the_list_and_fails(capsys):
    assert command_line.main([]) == 2

    assert "prasan run" in capsys.readouterr().out


def test_reading_the_command_line_does_not_need_django():
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from prasan.cli.main import main\n"
            "main(['--help']); sys.exit('django' in sys.modules)",
        ],
        capture_output=True,
    )

    assert found.returncode == 0


def test_reader_that_has_read_enough_ends_a_command_without_a_word(tmp_path):
    logins = [
        {
            "role": "kamnan",
            "role_name": "ก",
            "area": "32",
            "area_name": "ก" * 500,
            "title": "ก",
            "username": f"kamnan-{number}",
            "password": "x",
        }
        for number in range(500)
    ]
    (tmp_path / "demo_logins.json").write_text(json.dumps(logins), encoding="utf-8")
    command = f"{sys.executable} -m prasan.cli.main demo-logins --json | head -c 10; echo :${{PIPESTATUS[0]}}"

    found = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        env=os.environ | {"PRASAN_DATA": str(tmp_path)},
    )

    assert (found.stdout.split(":")[-1], found.stderr) == ("141\n", "")


def test_command_that_returns_nothing_succeeded(only):
    only(lambda options: None)

    assert command_line.main(["try", "this"]) == 0


@pytest.mark.parametrize(
    ("error", "th", "en"),
    [
        (Fault("เต็ม", "Full"), "เต็ม", "Full"),
        (Refused("Not yet"), "Not yet", "Not yet"),
        (OSError(errno.ENOSPC, "No space"), "พื้นที่ดิสก์เต็ม", "The disk is full"),
        (
            FileNotFoundError(2, "No such file", "villages.csv"),
            "เปิดไฟล์ villages.csv ไม่ได้",
            "villages.csv cannot",
        ),
    ],
)
def test_what_is_not_our_fault_is_a_sentence_in_both_languages(only, capsys, error, th, en):
    only(raising(error))

    assert command_line.main(["try", "this"]) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 2
    assert th in said.err.splitlines()[0]
    assert en in said.err.splitlines()[1]


@pytest.mark.parametrize(
    ("state", "sentence"), [("53100", "The disk is full"), ("42P01", "has not been made ready")]
)
def test_fault_of_the_database_is_found_below_djangos_own(only, capsys, state, sentence):
    error = RuntimeError("wrapped")
    error.__cause__ = DatabaseError(state)
    only(raising(error))

    assert command_line.main(["try", "this"]) == 1
    assert sentence in capsys.readouterr().err


class DatabaseError(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def test_fault_of_ours_is_not_hidden(only):
    only(raising(ZeroDivisionError()))

    with pytest.raises(ZeroDivisionError):
        command_line.main(["try", "this"])


def test_exit_code_of_a_fault_is_kept(only):
    only(raising(Fault("ไม่ได้", "No", exit_code=2)))

    assert command_line.main(["try", "this"]) == 2


def test_two_commands_share_a_group():
    commands = Commands()
    commands.room("Places")
    for name in ("import villages", "import shapes"):
        commands.add(name, name, lambda options: None).add_argument("file")

    options = commands.parser.parse_args(["import", "shapes", "a.geojson"])

    assert (options.file, options.need) == ("a.geojson", Need.DATABASE)
    assert commands.rooms == {
        "Places": [("import villages", "import villages"), ("import shapes", "import shapes")]
    }
