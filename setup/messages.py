"""Message catalogues: compiles them, and tells which strings still lack their Thai.

    python setup/messages.py           compiles every catalogue
    python setup/messages.py --check   fails on strings without Thai and on Thai without a string
    python setup/messages.py --update  adds the missing strings to the catalogues, their Thai still empty

Strings of a room are translated in that room's catalogue. web/templates/<room> belongs to web/<room>, and
what belongs to no room of web is the shell's.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PRASAN = ROOT / "prasan"
WEB = PRASAN / "web"
TEMPLATES = WEB / "templates"
LANGUAGE = "th"
OF_ALLAUTH = ("account", "mfa", "socialaccount", "usersessions")  # its pages, restyled by web/accounts
NO_ROOMS = ("templates", "static")
DJANGO_KNOWS = ("config",)  # the names of languages
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

UNWRAPPED = 100_000
"""Columns of a catalogue: a string stays on one line, so that a change shows what changed."""

Key = tuple[str | None, str]  # context and text
Marked = dict[Key, str | None]  # with the plural, where there is one


def main(arguments: list[str]) -> int:
    if "--update" in arguments:
        return update()
    if "--check" in arguments:
        return check()
    return compile_all()


def compile_all() -> int:
    for path in sorted(PRASAN.rglob("locale/*/LC_MESSAGES/*.po")):
        new = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(new))
        new.replace(path.with_suffix(".mo"))
    return 0


def check() -> int:
    """Name every string without Thai, every Thai without a string, and every lost placeholder."""
    faults = []
    marked = marked_strings()
    for room in sorted({*marked, *rooms_with_catalogue()}):
        catalogue = read(room)
        where = path_of(room).relative_to(ROOT)
        for key in sorted(marked[room].keys() - catalogue.keys(), key=str):
            faults.append(f"{where}: missing: {key[1]!r}")
        for key, entry in catalogue.items():
            thai = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
            if key not in marked[room]:
                faults.append(f"{where}: stale: {entry.msgid!r}")
            elif not all(thai) or entry.fuzzy:
                faults.append(f"{where}: without Thai: {entry.msgid!r}")
            elif any(places(text) - places(entry.msgid + (entry.msgid_plural or "")) for text in thai):
                faults.append(f"{where}: another placeholder in Thai: {entry.msgid!r}")
    faults += said_in_two_ways()
    print("\n".join([*faults, f"messages: {sum(map(len, marked.values()))} strings, {len(faults)} faults"]))
    return 1 if faults else 0


def said_in_two_ways() -> list[str]:
    """Strings with other Thai in two catalogues: Django merges them all, so one of them would win unseen."""
    known: dict[Key, tuple[Path, object]] = {}
    faults = []
    for room in sorted(rooms_with_catalogue()):
        for key, entry in read(room).items():
            thai = entry.msgstr_plural or entry.msgstr
            first, before = known.setdefault(key, (room, thai))
            if before != thai:
                faults.append(
                    f"{path_of(room).relative_to(ROOT)}: other Thai than in {first.name}: {key[1]!r}"
                )
    return faults


def update() -> int:
    for room, strings in marked_strings().items():
        path = path_of(room)
        catalogue = polib.pofile(str(path), wrapwidth=UNWRAPPED) if path.exists() else new_catalogue()
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        for (context, text), plural in strings.items():
            if (context, text) not in known:
                catalogue.append(
                    polib.POEntry(
                        msgctxt=context,
                        msgid=text,
                        msgid_plural=plural or "",
                        msgstr_plural={0: ""} if plural else {},
                        flags=["python-format"] if re.search(r"%\(\w+\)[sd]|%[sd]", text) else [],
                    )
                )
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    return 0


def marked_strings() -> dict[Path, Marked]:
    """Every string marked for translation, by the folder of its room."""
    found: dict[Path, Marked] = defaultdict(dict)
    for path in sorted(PRASAN.rglob("*.py")):
        if "migrations" not in path.parts and room_of(path).name not in DJANGO_KNOWS:
            found[room_of(path)].update(in_python(path.read_bytes()))
    for path in sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.txt")):
        found[room_of(path)].update(in_template(path))
    return defaultdict(dict, {room: strings for room, strings in found.items() if strings})


def room_of(path: Path) -> Path:
    """The folder whose catalogue translates what this file says."""
    if path.is_relative_to(TEMPLATES):
        name = path.relative_to(TEMPLATES).parts[0]
        name = "accounts" if name in OF_ALLAUTH else name
    elif path.is_relative_to(WEB):
        name = path.relative_to(WEB).parts[0]
    else:
        return PRASAN / path.relative_to(PRASAN).parts[0]
    return WEB / name if name not in NO_ROOMS and (WEB / name).is_dir() else WEB / "shell"


def in_python(source: bytes) -> Iterator[tuple[Key, str | None]]:
    from babel.messages.extract import extract

    for _, text, _, context in extract("python", BytesIO(source), KEYWORDS, (), {"encoding": "utf-8"}):
        singular, plural = text if isinstance(text, tuple) else (text, None)
        if singular:
            yield (context, singular), plural


def in_template(path: Path) -> Iterator[tuple[Key, str | None]]:
    from django.utils.translation.template import templatize

    lines = templatize(path.read_text("utf-8"), origin=str(path)).splitlines()
    return in_python("\n".join(line.lstrip() for line in lines).encode())  # a page's indents mean nothing


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def path_of(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def rooms_with_catalogue() -> set[Path]:
    return {path.parents[3] for path in PRASAN.rglob(f"locale/{LANGUAGE}/LC_MESSAGES/django.po")}


def read(room: Path) -> dict[Key, polib.POEntry]:
    path = path_of(room)
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def new_catalogue() -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
