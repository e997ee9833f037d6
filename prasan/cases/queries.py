"""Reading cases: what can be done now, what happened, and how things stood on a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Posting, Role
from prasan.agencies.queries import Person, decide, within_reach
from prasan.cases import events
from prasan.cases.models import Case, Note
from prasan.kernel.events import event_of
from prasan.kernel.flow import State, Step, Workflow
from prasan.ledger.models import Entry
from prasan.ledger.queries import about, entries_about, kind_of, subject_of
from prasan.ledger.seals import Fact

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Subject = tuple[str, str]
"""A case as the ledger calls it: its kind and its id."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that this person may take now; `why_not` says what still stands in its way."""

    step: Step
    possible: bool
    why_not: str | StrPromise = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that leads on from where the case stands, and the roles that may take it."""

    step: Step
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """In which capacity somebody acted: the title of the posting and its body, never a person's name."""

    post: str
    body: str = ""
    acting_for: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note as a timeline shows it; without words once erased."""

    note: Note
    is_internal: bool
    text: str
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline. `state` is the state reached, `person` is empty for anyone not inside."""

    when: datetime
    kind: str
    label: str | StrPromise
    state: State | None
    post: str
    body: str
    acting_for: str
    person: str
    remarks: tuple[Remark, ...]


def case_kinds() -> dict[str, type[Case]]:
    """Every table of cases, by the code of its workflow."""
    return {model.workflow.code: model for model in apps.get_models() if issubclass(model, Case)}


def open_steps(case: Case, user: Person) -> list[OpenStep]:
    """The steps from the present state for which the person has the right.

    What takes the case on comes first, then what needs a reason, last what is not possible now.
    """
    found = []
    steps = list(case.workflow.steps_from(case.state))
    rights = {step.right.code: step.right for step in steps}
    held = {code for code, right in rights.items() if decide(user, right, case)}
    for step in steps:
        if step.right.code in held:
            why_not = next((reason for guard in step.guards if (reason := guard(case))), "")
            found.append(OpenStep(step, not why_not, why_not))
    return sorted(found, key=lambda each: (not each.possible, each.step.needs_note))


def next_steps(case: Case) -> list[NextStep]:
    """What may come next, whoever asks, and by which roles; what needs a reason comes last.

    A closed case has nothing before it.
    """
    if case.is_closed:
        return []
    names = {role.code: str(role) for role in Role.objects.all()}
    return [
        NextStep(step, tuple(names[code] for code in _roles_of(step, case.state) if code in names))
        for step in sorted(case.workflow.steps_from(case.state), key=lambda step: step.needs_note)
    ]


def timeline(case: Case, *, viewer: Person = None) -> list[Happening]:
    """What happened to a case, oldest first: all for those inside, for others the public part.

    The public part shows act, moment, body and post, and public reasons; never a name or an internal note.
    """
    return timelines([case], viewer=viewer)[0]


def timelines(cases: Sequence[Case], *, viewer: Person = None) -> list[list[Happening]]:
    """The timeline of each case, of whatever kinds; more cases of the same kinds take no more queries.

    Whether the viewer is inside is asked of every case by itself.
    """
    by_subject = {subject_of(case): case for case in cases}
    inside = _inside(by_subject, viewer)
    entries = [
        entry
        for entry in entries_about(*by_subject)
        if _told(entry) in inside or _is_public(by_subject[_told(entry)].workflow, entry.kind)
    ]
    posts = posts_of(entries)
    names = _names_of(entry for entry in entries if _told(entry) in inside)
    remarks = _remarks_on(by_subject, inside)
    lines: dict[Subject, list[Happening]] = defaultdict(list)
    for entry in entries:
        workflow = by_subject[_told(entry)].workflow
        lines[_told(entry)].append(
            Happening(
                when=entry.at,
                kind=entry.kind,
                label=label_of(workflow, entry.kind),
                state=_state_reached(workflow, entry),
                post=posts[entry.pk].post,
                body=posts[entry.pk].body,
                acting_for=posts[entry.pk].acting_for,
                person=names.get(entry.actor_id or 0, "") if _told(entry) in inside else "",
                remarks=tuple(remarks.get(entry.pk, ())),
            )
        )
    return [lines[subject_of(case)] for case in cases]


def state_as_of(case: Case, moment: datetime) -> State | None:
    """The state in which the case was at a moment; None before it began."""
    code = facts_as_of(case, moment).get("state")
    return case.workflow.state(code) if isinstance(code, str) else None


def facts_as_of(case: Case, moment: datetime) -> Mapping[str, Fact]:
    """Every recorded fact of the case as it stood at a moment, the later of two entries winning."""
    facts: dict[str, Fact] = {}
    for after in entries_about(case).filter(at__lte=moment).values_list("after", flat=True):
        facts.update(after)
    return facts


def label_of(workflow: Workflow, kind: str) -> str | StrPromise:
    """How a timeline calls a kind of entry about a case."""
    step = _last_part(workflow, kind)
    if step == events.BEGIN:
        return events.BEGUN
    if step is not None and workflow.has_step(step):
        return workflow.step(step).label
    event = event_of(kind)
    return event.label if event is not None else _("Another act (%(kind)s)") % {"kind": kind}


def posts_of(entries: Iterable[Entry]) -> dict[int, Post]:
    """In which capacity each entry was made."""
    entries = list(entries)
    postings = Posting.objects.select_related("agency", "acting_for").in_bulk(
        {entry.posting_id for entry in entries if entry.posting_id is not None}
    )
    return {entry.pk: _post(entry, postings.get(entry.posting_id or 0)) for entry in entries}


def _post(entry: Entry, posting: Posting | None) -> Post:
    if posting is not None:
        acting_for = str(posting.acting_for) if posting.acting_for else ""
        return Post(str(posting), str(posting.agency), acting_for)
    if entry.after.get("by") == "sender":
        return Post(_("the sender"))
    return Post(_("the system") if entry.actor_id is None else _("a person without a post"))


def _last_part(workflow: Workflow, kind: str) -> str | None:
    room, _dot, last = kind.rpartition(".")
    return last if room == workflow.code else None


def _is_public(workflow: Workflow, kind: str) -> bool:
    step = _last_part(workflow, kind)
    if step is not None and (step == events.BEGIN or workflow.has_step(step)):
        return True
    event = event_of(kind)
    return event is not None and event.public


def _state_reached(workflow: Workflow, entry: Entry) -> State | None:
    code = entry.after.get("state")
    return workflow.state(code) if code in {state.code for state in workflow.states} else None


def _names_of(entries: Iterable[Entry]) -> dict[int, str]:
    people = User.objects.filter(pk__in={entry.actor_id for entry in entries if entry.actor_id is not None})
    return {person.pk: person.name for person in people}


def _told(row: Entry | Note) -> Subject:
    """What an entry or a note is about."""
    return row.subject_kind, row.subject_id


def _inside(cases: Mapping[Subject, Case], viewer: Person) -> set[Subject]:
    """The cases inside which the viewer is: one query for each kind of case."""
    keys: dict[type[Case], list[int]] = defaultdict(list)
    for case in cases.values():
        keys[type(case)].append(case.pk)
    return {
        (kind_of(model), str(key))
        for model, ids in keys.items()
        for key in within_reach(
            viewer, model.internal_right, model._base_manager.filter(pk__in=ids)
        ).values_list("pk", flat=True)
    }


def _remarks_on(cases: Iterable[Subject], inside: Iterable[Subject]) -> dict[int, list[Remark]]:
    """What was written on the cases, by entry; internal notes only of those inside which the viewer is."""
    readable = Q(audience=Note.Audience.PUBLIC) | about(inside)
    remarks: dict[int, list[Remark]] = defaultdict(list)
    for note in Note.objects.filter(about(cases), readable).order_by("pk"):
        is_internal = note.audience == Note.Audience.INTERNAL
        remarks[note.entry_id].append(Remark(note, is_internal, note.text, note.erased_at))
    return remarks


def _roles_of(step: Step, state: str) -> list[str]:
    """Roles that hold the right in this state, each once, in the order granted."""
    if step.right.phases and state not in step.right.phases:
        return []
    granted = (grant.role for grant in step.right.grants if not grant.phases or state in grant.phases)
    return list(dict.fromkeys(granted))
