import ast
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def prepare(tmp_path, monkeypatch):
    """The set-up script, working on a folder of its own."""
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "setup" / "prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    for name, path in (
        ("ROOT", tmp_path),
        ("VENV", venv),
        ("PYTHON", venv / "bin" / "python"),
        ("STAMPS", venv / "set-up"),
        ("LOG", venv / "set-up" / "log"),
    ):
        monkeypatch.setattr(module, name, path)
    return module


def saying(words, code=1):
    return [sys.executable, "-c", f"import sys; print({words!r}); sys.exit({code})"]


def test_step_is_done_until_its_source_changes_or_its_result_goes(prepare, tmp_path):
    source, result = tmp_path / "a.lock", tmp_path / "made"
    source.write_text("one")
    done = []

    def step():
        return prepare.Step("trial", [source], lambda: (result.touch(), done.append(1)), [result])

    assert not step().is_done()
    step().do()
    assert step().is_done()

    source.write_text("two")
    assert not step().is_done()
    step().do()
    assert step().is_done()

    result.unlink()
    assert not step().is_done()
    assert len(done) == 2


def test_step_that_failed_is_not_done(prepare, tmp_path):
    (tmp_path / "a.lock").write_text("one")
    step = prepare.Step("trial", [tmp_path / "a.lock"], lambda: prepare.carefully(saying("no")))

    with pytest.raises(prepare.CannotGoOn):
        step.do()

    assert not step.is_done()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Temporary failure in name resolution", "The package registry cannot be reached"),
        ("npm error code EAI_AGAIN", "The package registry cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "is not what was recorded"),
        ("npm error code EINTEGRITY", "is not what was recorded"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "cannot be written to"),
    ],
)
def test_known_failure_is_one_sentence(prepare, said, sentence):
    with pytest.raises(prepare.CannotGoOn) as caught:
        prepare.carefully(saying(said))

    th, en = caught.value.args
    assert sentence in en
    assert "\n" not in th + en


def test_unknown_failure_gives_the_last_line_and_the_log(prepare, tmp_path):
    with pytest.raises(prepare.CannotGoOn) as caught:
        prepare.carefully(saying("first\nlast words"))

    assert caught.value.args[1].endswith(f"see {tmp_path}/.venv/set-up/log (last words).")
    assert (tmp_path / ".venv" / "set-up" / "log").read_text() == "first\nlast words\n"


def test_environment_that_fits_is_kept(prepare, monkeypatch):
    monkeypatch.setattr(prepare, "VENV", Path(sys.prefix))
    monkeypatch.setattr(prepare, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(prepare.shutil, "rmtree", lambda path: pytest.fail("it was thrown away"))

    prepare.make_environment()


def test_python_without_venv_is_one_sentence(prepare, monkeypatch):
    monkeypatch.setattr(prepare, "succeeds", lambda command: False)

    with pytest.raises(prepare.CannotGoOn, match="install python3-venv"):
        prepare.make_environment()


def test_old_python_without_a_newer_one_is_one_sentence(prepare, monkeypatch):
    monkeypatch.setattr(prepare.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)

    with pytest.raises(prepare.CannotGoOn, match=r"needs Python 3\.11 or later"):
        prepare.use_new_python()


def test_set_up_can_be_read_by_an_old_python():
    ast.parse((ROOT / "setup" / "prepare.py").read_text("utf-8"), feature_version=(3, 7))
