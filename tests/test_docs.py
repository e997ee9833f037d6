"""The documents say what is true: short front page, every setting, every dependency, no dead link."""

import re
from collections import defaultdict
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *DOCS.rglob("*.md")])
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_readme_is_short_and_names_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert text.count("\n") < 120
    assert "make run" in text
    assert "make test" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_named_in_the_documents_exist(page):
    named = set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")))

    assert named - set(TARGETS) == set()


def test_every_setting_read_is_in_the_reference():
    reference = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "prasan").rglob("*.py")]
    read = set()
    for source in sources:
        read |= set(re.findall(r"\benv\.[a-z_]+\(\s*\"([A-Z_]+)\"", source))
        read |= set(re.findall(r"os\.environ(?:\.get\(|\.setdefault\(|\[)\s*\"([A-Z_]+)\"", source))

    assert {name for name in read if f"`{name}`" not in reference} == set()


def runtime_packages():
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return [re.split(r"[\[=<>;]", line)[0].strip() for line in lines if line and not line.startswith("#")]


def test_every_runtime_package_has_a_line_of_why():
    reference = (DOCS / "reference" / "dependencies.md").read_text(encoding="utf-8")

    told = re.findall(r"^\| ([^|]+) \|", reference, flags=re.MULTILINE)
    assert {*runtime_packages()} - {name for row in told for name in re.split(r", (?:with )?", row)} == set()


def test_every_runtime_package_is_used():
    sources = "\n".join(
        path.read_text(encoding="utf-8").lower()
        for path in (
            ROOT / "pyproject.toml",
            *(ROOT / "prasan").rglob("*.py"),
            *(ROOT / "setup").glob("*.py"),
        )
    )
    modules = defaultdict(set)
    for module, packages in metadata.packages_distributions().items():
        for package in packages:
            modules[package.lower()].add(module.lower())

    unused = [name for name in runtime_packages() if not any(module in sources for module in modules[name])]

    assert unused == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "package-lock.json"])
def test_lock_files_carry_no_download_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in re.sub(r'"url": "https://[^"]*"', "", text)


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))
