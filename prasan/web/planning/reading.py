"""What somebody had before his eyes when he decided: each form carries it, and the act compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from prasan.kernel.refusals import Refused
from prasan.planning.actions import refuse_unread
from prasan.planning.models import Proposal
from prasan.planning.queries import Reading

T = TypeVar("T")


def mark_of(proposal: Proposal) -> str:
    """How a proposal that was read with `with_reading` stands, as forms and addresses carry it."""
    return f"{proposal.pk}-{proposal.read_version}.{proposal.state}"  # type: ignore[attr-defined]


def mark_of_words(proposal: Proposal) -> str:
    """The same of its words alone: how far it is may change meanwhile, as by the answer of another agency."""
    return f"{proposal.pk}-{proposal.read_version}."  # type: ignore[attr-defined]


def key_in(mark: str) -> str:
    """The key of the proposal that a mark, or a bare key, names."""
    return mark.partition("-")[0]


def as_read(
    request: HttpRequest, proposals: Iterable[Proposal], act: Callable[[], T], *, whole: bool = False
) -> T:
    """Do the act if these proposals still stand as the form that was sent says; otherwise Refused.

    With `whole`, also where the form spoke of others, which have gone out of reach since.
    """
    meant = {proposal.pk for proposal in proposals}
    readings = _readings_in(request.POST.getlist("read"))
    if whole and not meant.issuperset(readings):
        raise Refused(_("Some of what you chose has gone on meanwhile. Please look at the page again."))
    with transaction.atomic():
        refuse_unread({key: reading for key, reading in readings.items() if key in meant})
        return act()


def changed_since(
    request: HttpRequest, proposals: Sequence[Proposal], *, name: str = "read"
) -> list[Proposal]:
    """Those that stand otherwise than on the page from which the link to this form was followed."""
    asked = _readings_in(request.GET.getlist(name))
    return [each for each in proposals if each.pk in asked and _differs(asked[each.pk], each)]


def _differs(read: Reading, proposal: Proposal) -> bool:
    version: int = proposal.read_version  # type: ignore[attr-defined]
    return read.version != version or read.state not in ("", proposal.state)


def _readings_in(marks: Iterable[str]) -> dict[int, Reading]:
    """What the marks tell; what nobody wrote so is passed over."""
    readings = {}
    for mark in marks:
        key, _dash, told = mark.partition("-")
        version, _dot, state = told.partition(".")
        if _is_number(key, 12) and _is_number(version, 6):
            readings[int(key)] = Reading(int(version), state)
    return readings


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < digits
