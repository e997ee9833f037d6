"""The drawn pages of the reference say what the code says."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def reference():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "setup" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_drawn_pages_are_current(reference):
    assert [page.name for page in reference.stale()] == []


def test_page_that_was_changed_or_lost_is_told(reference, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    reference.main([])
    (tmp_path / "rights.md").write_text("Everybody may do everything.", "utf-8")
    (tmp_path / "commands.md").unlink()

    code = reference.main(["--check"])

    assert code == 1
    told = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert told == ["rights.md", "commands.md"]


def test_every_workflow_step_right_and_command_is_drawn(reference):
    from prasan.agencies.rules import APPOINT
    from prasan.cli.main import all_commands
    from prasan.planning.states import PROPOSAL

    drawn = {page.name: text for page, text in reference.pages().items()}
    rights = [
        role
        for line in drawn["rights.md"].splitlines()
        if line.startswith("### agencies.posting.appoint.")
        for role in line.rpartition(".")[2].split(", ")
    ]
    commands = [name for listed in all_commands().rooms.values() for name, _ in listed]

    assert [step.code for step in PROPOSAL.steps if f"| `{step.code}` |" not in drawn["workflows.md"]] == []
    assert sorted(rights) == sorted(APPOINT)
    assert [name for name in commands if f"| `prasan {name}" not in drawn["commands.md"]] == []


def test_semicolon_in_a_label_does_not_end_a_line_of_a_diagram(reference):
    page = reference.FOLDER / "workflows.md"
    diagrams = reference.pages()[page].split("```mermaid")[1:]

    assert [diagram for diagram in diagrams if ";" in diagram.split("```")[0]] == []
