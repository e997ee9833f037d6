"""Workflows as data: the whole life of a case on one screen, checked when it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from prasan.kernel.rights import Right

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Guard = Callable[[Any], "str | StrPromise | None"]
"""Looks at a case's own properties and returns the reason why the step is not possible, or None."""


class FlowFault(ValueError):
    """A workflow that contradicts itself."""


@dataclass(frozen=True, slots=True)
class State:
    """A state that a case can be in. `tone` is its colour of meaning: neutral, waiting, good, bad."""

    code: str
    label: str | StrPromise
    closed: bool = False
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Step:
    """A way from some states to one. `asks` names an action that must be used instead of a bare move."""

    code: str
    label: str | StrPromise
    start: tuple[str, ...]
    end: str
    right: Right
    guards: tuple[Guard, ...] = ()
    needs_note: bool = False
    reopens: bool = False
    by_action: bool = False
    effect: str | StrPromise = ""
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Workflow:
    """The life of one kind of case; `code` is also the kind by which the ledger knows its cases."""

    code: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    _state: dict[str, State] = field(init=False, repr=False, compare=False)
    _step: dict[str, Step] = field(init=False, repr=False, compare=False)

    def __init__(self, code: str, *, states: Iterable[State], steps: Iterable[Step]) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "states", tuple(states))
        object.__setattr__(self, "steps", tuple(steps))
        object.__setattr__(self, "_state", {state.code: state for state in self.states})
        object.__setattr__(self, "_step", {step.code: step for step in self.steps})
        self._check()

    @property
    def first(self) -> State:
        """The state in which a case begins: the first one written."""
        return self.states[0]

    def state(self, code: str) -> State:
        """The state of that code; KeyError if the workflow has none."""
        return self._state[code]

    def step(self, code: str) -> Step:
        """The step of that code; KeyError if the workflow has none."""
        return self._step[code]

    def has_step(self, code: str) -> bool:
        """Whether the workflow knows a step of that code."""
        return code in self._step

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """The steps that leave a state, in the order written."""
        return tuple(step for step in self.steps if state in step.start)

    def event(self, step: Step) -> str:
        """The kind of ledger entry that taking the step leaves: `planning.need.enter`."""
        return f"{self.code}.{step.code}"

    def _check(self) -> None:
        if not self.states:
            raise FlowFault(f"{self.code}: no states")
        for kind, all_of, unique in (
            ("state", self.states, self._state),
            ("step", self.steps, self._step),
        ):
            if len(all_of) != len(unique):
                raise FlowFault(f"{self.code}: a {kind} code stands twice")
        for step in self.steps:
            if not step.start:
                raise FlowFault(f"{self.code}.{step.code}: starts nowhere")
            for code in (*step.start, step.end):
                if code not in self._state:
                    raise FlowFault(f"{self.code}.{step.code}: unknown state {code}")
            leaves_closed = any(self._state[code].closed for code in step.start)
            if leaves_closed and not (step.reopens and step.needs_note):
                raise FlowFault(f"{self.code}.{step.code}: leaves a closed state without reopens and a note")
            if step.reopens and not leaves_closed:
                raise FlowFault(f"{self.code}.{step.code}: reopens what is not closed")
        unreachable = self._state.keys() - self._reachable()
        if unreachable:
            raise FlowFault(f"{self.code}: nobody can reach {', '.join(sorted(unreachable))}")
        stuck = [s.code for s in self.states if not s.closed and not self.steps_from(s.code)]
        if stuck:
            raise FlowFault(f"{self.code}: no way out of {', '.join(stuck)}")

    def _reachable(self) -> set[str]:
        seen, frontier = set(), [self.first.code]
        while frontier:
            code = frontier.pop()
            if code not in seen:
                seen.add(code)
                frontier += [step.end for step in self.steps_from(code)]
        return seen
