"""Draws the generated part of docs/reference/planning.md from the workflows and rights.

.venv/bin/python -m tests.planning.reference     writes it anew
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "planning.md"
MARK = "<!-- From here on this page is drawn from the code: see tests/planning/reference.py -->\n"


def drawn() -> str:
    """Every workflow as a diagram with its steps, and every right with who holds it."""
    from django.utils.translation import override

    with override("th"):
        return "\n".join([*_workflows(), *_rights()]) + "\n"


def _workflows() -> Iterator[str]:
    from prasan.planning import states

    for name in ("NEED", "PROPOSAL", "ROUTING", "PLAN_VERSION"):
        flow = getattr(states, name)
        yield f"## {flow.code}\n\n```mermaid\nstateDiagram-v2"
        yield f"    [*] --> {flow.first.code}"
        for state in flow.states:
            yield f"    {state.code} : {state.code} · {state.label}"
        for step in flow.steps:
            for start in step.start:
                yield f"    {start} --> {step.end} : {step.code}"
        for state in flow.states:
            if state.closed:
                yield f"    {state.code} --> [*]"
        yield "```\n\n| step | ไทย | from | to | right | reason needed |\n|---|---|---|---|---|---|"
        for step in flow.steps:
            reason = "yes" if step.needs_note else ""
            cells = (step.code, step.label, ", ".join(step.start), step.end, step.right.code, reason)
            yield "| " + " | ".join(map(str, cells)) + " |"
        yield ""


def _rights() -> Iterator[str]:
    from prasan.kernel.rights import Right
    from prasan.planning import rules

    yield "## Rights\n\n| right | who, how far, in which states | never |\n|---|---|---|"
    for right in vars(rules).values():
        if isinstance(right, Right):
            holders = "; ".join(
                f"{grant.role or 'anybody'}: {grant.reach.value}"
                + (" (no drafts)" if len(grant.phases) > 1 else "")
                + (f" ({grant.phases[0]})" if len(grant.phases) == 1 else "")
                for grant in right.grants
            )
            yield f"| {right.code} | {holders} | {', '.join(bar.value for bar in right.unless)} |"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.config.settings")
    django.setup()
    written, _, _old = PAGE.read_text("utf-8").partition(MARK)
    PAGE.write_text(written + MARK + "\n" + drawn(), "utf-8")


if __name__ == "__main__":
    main()
