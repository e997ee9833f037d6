"""Pages of the reference that are drawn from the code: workflows, rights, commands and letters.

python setup/reference.py          writes them anew
python setup/reference.py --check  fails where a page is not what the code says
"""

from __future__ import annotations

import io
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout, suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prasan.kernel.flow import Workflow
    from prasan.kernel.rights import Grant, Right

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
DRAWN = "Drawn from the code by `.venv/bin/python setup/reference.py`; please do not edit it by hand."

REACHES = {
    "own": "what this person made",
    "assigned": "what was given to this person",
    "committee": "what stands before a committee on which this person sits",
    "agency": "what belongs to the agency of the post",
    "routed": "what was sent to the agency of the post",
    "area": "what lies in the area of the post, and in all areas inside it",
    "everywhere": "any row",
    "public": "any row, also for people who have not signed in",
}
TOLD = {
    "asked": "everybody posted where a call asks: village head, kamnan, tambon secretary, agency officers",
    "owing": "those of them who have not answered",
    "let_in": "those of them whom an exception is about",
    "authors": "who told of a need; who wrote or submitted a proposal or what it was made of, or told of a "
    "need that it answers",
    "higher_post": "who holds the role over the place of a complaint that is told at this lateness",
    "who_owes": "who owes the next step of a complaint: at the agency, or at the centre",
    "officer": "who was named to look after a complaint",
    "may_enter": "who enters innovations for an agency that has one",
    "drafting": "who began an entry for an award that is not entered yet",
    "entrants": "who began or sent an entry for an award",
    "judges": "judges who have score sheets to fill in",
    "owner": "the officers of the agency whose innovation another took up",
    "readers": "who reads for an agency to which a cookbook was sent, once for a cookbook",
    "receiver": "the officers of the agency that was given a follow-up order",
    "giver": "who follows an order at the office that gave it",
    "authors_if_helper": "the same, of an agency that helps; the proposal's own entry tells of the lead",
}
BARS = {
    "submitter": "whoever wrote or submitted it",
    "subject": "whoever it is about, and his unit",
}


def pages() -> dict[Path, str]:
    """Every drawn page with what should stand in it."""
    drawings: dict[str, Callable[[], Iterator[str]]] = {
        "workflows.md": _workflows,
        "rights.md": _rights,
        "commands.md": _commands,
        "letters.md": _letters,
    }
    return {FOLDER / name: "\n".join(draw()) + "\n" for name, draw in drawings.items()}


def stale() -> list[Path]:
    """The pages that are missing or not what the code says."""
    return [page for page, text in pages().items() if not page.exists() or page.read_text("utf-8") != text]


def _workflows() -> Iterator[str]:
    from prasan.kernel.flow import Workflow

    yield "# Workflows\n"
    yield f"{DRAWN}\n"
    yield "The life of every kind of case: its states, and the steps between them. A closed state is"
    yield "marked; it is left only by a step that opens the case again, with a reason. Who holds which right:"
    yield "[Rights](rights.md)."
    for shelf in _shelves("states"):
        for flow in vars(shelf).values():
            if isinstance(flow, Workflow):
                yield from _workflow(flow)


def _workflow(flow: Workflow) -> Iterator[str]:
    yield f"\n## {flow.code}\n\n```mermaid\nstateDiagram-v2\n    [*] --> {flow.first.code}"
    for state in flow.states:
        yield f"    {state.code} : {_en(state.label).replace(';', ',')}"  # a semicolon ends a line of mermaid
    for step in flow.steps:
        for start in step.start:
            yield f"    {start} --> {step.end} : {step.code}"
    for state in flow.states:
        if state.closed:
            yield f"    {state.code} --> [*]"
    yield "```\n\n| state | English | ไทย | closed |\n|---|---|---|---|"
    for state in flow.states:
        yield _row(f"`{state.code}`", _en(state.label), _th(state.label), "yes" if state.closed else "")
    yield "\n| step | English | ไทย | from | to | right | reason needed |\n|---|---|---|---|---|---|---|"
    for step in flow.steps:
        yield _row(
            f"`{step.code}`",
            _en(step.label),
            _th(step.label),
            ", ".join(step.start),
            step.end,
            f"`{step.right.code}`",
            "yes" if step.needs_note else "",
        )


def _rights() -> Iterator[str]:
    yield "# Rights\n"
    yield f"{DRAWN}\n"
    yield "Who may do what, from the `rules.py` of every room. A right is granted to a role, as far as a"
    yield "reach, in all states of a case or in some. The sentence is what a person reads who lacks the"
    yield "right.\n"
    yield "| reach | carries to |\n|---|---|"
    for reach in _reaches():
        yield _row(reach, REACHES[reach])
    for shelf in _shelves("rules"):
        yield f"\n## {shelf.__name__.split('.')[1]}"
        together: dict[tuple[object, ...], list[Right]] = {}
        for right in _rights_of(shelf):
            together.setdefault(_said(right), []).append(right)
        for alike in together.values():
            yield from _right(alike)
        if gives := getattr(shelf, "GIVES", None):
            yield from _gives(gives)


def _reaches() -> list[str]:
    from prasan.kernel.rights import Reach

    return [reach.value for reach in Reach]


def _rights_of(shelf: ModuleType) -> Iterator[Right]:
    """The rights of a shelf in the order written, those of a mapping too."""
    from prasan.kernel.rights import Right

    for name, value in vars(shelf).items():
        if name.startswith("_"):
            continue
        for each in value.values() if isinstance(value, Mapping) else (value,):
            if isinstance(each, Right):
                yield each


def _said(right: Right) -> tuple[object, ...]:
    """All that is told of a right but the end of its code; those that agree in it are told together."""
    return right.code.rpartition(".")[0], right.grants, right.phases, right.unless, str(right.reason)


def _right(alike: list[Right]) -> Iterator[str]:
    right = alike[0]
    stem, _, end = right.code.rpartition(".")
    yield f"\n### {stem}." + ", ".join([end, *(each.code.rpartition(".")[2] for each in alike[1:])])
    yield f"\n“{_en(right.reason)}” · “{_th(right.reason)}”\n"
    if right.phases:
        yield f"Only in the states {', '.join(right.phases)}.\n"
    if right.grants:
        yield "| role | reach | in the states |\n|---|---|---|"
    else:
        yield "Granted to no role."
    for (reach, phases), grants in groupby(right.grants, key=_how_far):
        roles = ", ".join(grant.role or "anybody" for grant in grants)
        yield _row(roles, reach, ", ".join(phases) or "all")
    if right.unless:
        yield f"\nNever: {'; '.join(BARS[bar.value] for bar in right.unless)}. “{_en(right.barred_reason)}”"


def _how_far(grant: Grant) -> tuple[str, tuple[str, ...]]:
    return grant.reach.value, grant.phases


def _gives(gives: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield "\n### Who gives which role\n"
    yield "How far each may go stands above. A role that nobody gives is given from the command line.\n"
    yield "| role | given by |\n|---|---|"
    roles = dict.fromkeys(role for given in gives.values() for role in given) | dict.fromkeys(gives)
    for role in roles:
        givers = [giver for giver, given in gives.items() if role in given]
        yield _row(role, ", ".join(givers) or "the command line")


def _commands() -> Iterator[str]:
    from prasan.cli.main import all_commands

    commands = all_commands()
    yield "# Commands\n"
    yield f"{DRAWN}\n"
    yield "Run as `.venv/bin/prasan COMMAND`; each explains its options with `--help`. A command ends with 0"
    yield "only where it did what it says."
    for title, listed in commands.rooms.items():
        yield f"\n## {title}\n\n| command | does |\n|---|---|"
        for name, summary in listed:
            yield _row(f"`{_usage(commands.parser.parse_args, name)}`", summary)


def _usage(parse: Callable[[list[str]], object], name: str) -> str:
    """The command with its options, on one line."""
    said = io.StringIO()
    with redirect_stdout(said), suppress(SystemExit):
        parse([*name.split(), "--help"])
    usage = said.getvalue().partition("\n\n")[0]
    return " ".join(usage.removeprefix("วิธีใช้ · usage:").replace("[-h]", "").split())


def _letters() -> Iterator[str]:
    from prasan.notices.occasions import OCCASIONS, REMINDER, Whom

    yield "# Letters\n"
    yield f"{DRAWN}\n"
    yield "What people are told of, from `prasan/notices/occasions.py`: the kind of entry in the ledger, who"
    yield "is told, and in what words. Nobody is told of what he did himself, and each is told once of an"
    yield "entry; of a call's opening and of its end, once altogether. A public reason goes with the letter,"
    yield "an internal note never. Why it is so: [decision 14](../decisions/0014-letters.md).\n"
    yield "| told | means |\n|---|---|"
    for whom in Whom:
        yield _row(whom.value, TOLD[whom.value])
    yield "\n| entry | told | English | ไทย |\n|---|---|---|---|"
    for each in (*OCCASIONS.values(), REMINDER):
        words = (say(each.words).replace("%(", "(").replace(")s", ")") for say in (_en, _th))
        yield _row(f"`{each.kind}`", each.whom.value, *words)


def _shelves(name: str) -> Iterator[ModuleType]:
    """The shelves of that name in all rooms."""
    import prasan

    for room in pkgutil.iter_modules(prasan.__path__):
        shelf = f"prasan.{room.name}.{name}"
        if room.ispkg and find_spec(shelf) is not None:
            yield import_module(shelf)


def _in(language: str, words: Any) -> str:
    from django.utils.translation import override

    with override(language):
        return str(words)


def _en(words: Any) -> str:
    return _in("en", words)


def _th(words: Any) -> str:
    return _in("th", words)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main(arguments: list[str]) -> int:
    """Write the pages, or only tell which are not current."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.config.settings")
    import django

    django.setup()
    outdated = stale()
    if "--check" in arguments:
        for page in outdated:
            print(f"{page.relative_to(ROOT)} is not current; please run .venv/bin/python setup/reference.py")
        return 1 if outdated else 0
    for page, text in pages().items():
        page.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
