"""The board of a committee, and what it does with several needs or proposals at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide
from prasan.places.models import PARENTS, Area, Level
from prasan.planning import rules
from prasan.planning.actions import (
    classify_proposals,
    forward_proposals,
    hand_over_proposals,
    join_needs,
    merge_proposals,
    pass_on_proposals,
)
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import (
    boards_for,
    needs_for,
    needs_on_board,
    proposals_for,
    proposals_on_board,
    with_reading,
)
from prasan.planning.queries.board import COMPOSABLE
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.planning.forms.board import (
    ClassifySeveralForm,
    ForwardSeveralForm,
    HandOverSeveralForm,
    JoinForm,
    MergeForm,
)
from prasan.web.planning.forms.steps import ConfirmForm
from prasan.web.planning.reading import as_read, changed_since, mark_of_words
from prasan.web.planning.ticked import ticked_keys
from prasan.web.planning.trails import under_board
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done with the ticked proposals of a column."""

    page: str
    label: str | StrPromise
    icon: str


TAMBON_ACTS = {
    "tambon_review": (
        Act("planning:board-classify", _("Classify the ticked in one resolution"), icon="diagram-3"),
        Act("planning:board-merge", _("Merge the ticked"), icon="intersect"),
    ),
    "classified": (
        Act("planning:board-pass-on", _("Pass the ticked on to the amphoe committee"), icon="send"),
        Act("planning:board-hand-over", _("Hand the ticked over to the local government"), icon="house"),
    ),
}
"""Below which column of a tambon stands what can be done with the ticked ones."""

AMPHOE_ACTS = {
    "amphoe_review": (Act("planning:board-forward", _("Send the ticked to an agency"), icon="send"),),
}
"""The same for an amphoe."""


@login_required
@require_safe
def board_list(request: SignedInRequest) -> HttpResponse:
    """The boards that the person may open; whoever has one goes straight to it."""
    boards = boards_for(request.user).select_related(PARENTS)
    found = list(boards[:300])
    if len(found) == 1:
        return redirect("planning:board", found[0].pk)
    context = {"boards": found, "trail": [Crumb(_("Boards of the committees"))]}
    return render(request, "planning/board_list.html", context)


@login_required
@require_safe
def board_page(request: SignedInRequest, code: str) -> HttpResponse:
    """All that lies before the committee of a tambon or an amphoe."""
    area = _board(request, code)
    acts = _acts(request, area)
    context = {
        "area": area,
        "is_tambon": area.level == Level.TAMBON,
        "needs": needs_on_board(request.user, area) if area.level == Level.TAMBON else None,
        "columns": [
            (column, acts.get(column.state, ()), column.ticked_with in acts)
            for column in proposals_on_board(request.user, area)
        ],
        "ticking": acts,
        "may_propose": bool(decide(request.user, rules.PROPOSE, area)),
        "trail": [*under_board(), Crumb(area.title)],
    }
    return render(request, "planning/board_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def merge_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Put one proposal in the place of those that the address names (`proposal`)."""
    area = _board(request, code)
    proposals = _chosen_proposals(request, area, COMPOSABLE)
    if len(proposals) < 2:
        return _choose_more(request, area)
    form = MergeForm(sent(request), initial={"name": max(proposals, key=lambda each: each.budget_asked).name})

    def merge() -> Proposal:
        given = form.cleaned_data
        return merge_proposals(proposals, name=given["name"], by=request.user, note=given["note"])

    return act_form(
        request,
        form,
        lambda: as_read(request, proposals, merge, whole=True),
        title=_("Merge proposals"),
        button=_("Merge"),
        back=reverse("planning:board", args=[code]),
        done=_("The proposals are merged. You can undo this on the page of the new one."),
        effect=_("One proposal takes their place with all needs, activities, files and money."),
        trail=under_board(area),
        template="planning/chosen_form.html",
        about={
            "chosen": proposals,
            "total": sum(each.budget_asked for each in proposals),
            **_as_shown(request, proposals),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def join_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Join the needs that the address names (`need`)."""
    area = _board(request, code)
    needs = _chosen_needs(request, area)
    if len(needs) < 2:
        return _choose_more(request, area)
    form = JoinForm(sent(request), needs=needs)
    return act_form(
        request,
        form,
        lambda: _join(request, form, needs),
        title=_("Join needs that tell of the same thing"),
        button=_("Join"),
        back=reverse("planning:board", args=[code]),
        done=_("The needs are joined. Each can be parted again on its page."),
        trail=under_board(area),
        template="planning/chosen_form.html",
        about={"chosen": ()},
    )


@login_required
@require_http_methods(["GET", "POST"])
def classify_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Classify the proposals that the address names (`proposal`) in one resolution."""
    area = _board(request, code)
    proposals = _chosen_proposals(request, area, COMPOSABLE)
    if not proposals:
        return _choose_more(request, area)
    form = ClassifySeveralForm(sent(request), proposals=proposals)

    def classify() -> None:
        classify_proposals(
            form.classes,
            resolution=form.resolved(by=request.user),
            by=request.user,
            note=form.cleaned_data["note"],
        )

    return act_form(
        request,
        form,
        lambda: as_read(request, proposals, classify, whole=True),
        title=_("Classify in one resolution"),
        button=_("Classify"),
        back=reverse("planning:board", args=[code]),
        done=_("The proposals are classified."),
        trail=under_board(area),
        template="planning/classify_several_form.html",
        about=_as_shown(request, proposals),
    )


@login_required
@require_http_methods(["GET", "POST"])
def pass_on_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Pass the classified proposals that the address names (`proposal`) on to the amphoe committee."""
    return _act_on_ticked(
        request,
        code,
        "classified",
        lambda _proposals, _area: ConfirmForm(sent(request)),
        pass_on_proposals,
        title=_("Pass on to the amphoe committee"),
        button=_("Pass on"),
        done=_("The proposals are before the amphoe committee now."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def hand_over_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand the classified proposals that the address names (`proposal`) to a local government."""
    return _act_on_ticked(
        request,
        code,
        "classified",
        lambda proposals, _area: HandOverSeveralForm(sent(request), proposals=proposals),
        hand_over_proposals,
        title=_("Hand over to the local government"),
        button=_("Hand over"),
        done=_("The local government has them now."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def forward_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Send the proposals that the address names (`proposal`) to one lead agency and those that help."""
    return _act_on_ticked(
        request,
        code,
        "amphoe_review",
        lambda proposals, area: ForwardSeveralForm(sent(request), proposals=proposals, area=area),
        forward_proposals,
        title=_("Send to agencies"),
        button=_("Send"),
        done=_("The proposals are sent. The agencies find them in their work."),
    )


def _act_on_ticked(
    request: SignedInRequest,
    code: str,
    state: str,
    make_form: Callable[[list[Proposal], Area], Form],
    act: Callable[..., list[Proposal]],
    **words: Any,
) -> HttpResponse:
    """Ask what the act needs of the ticked proposals in this state, and do it with the answers."""
    area = _board(request, code)
    proposals = _chosen_proposals(request, area, (state,))
    if not proposals:
        return _choose_more(request, area)
    form = make_form(proposals, area)
    return act_form(
        request,
        form,
        lambda: as_read(
            request, proposals, lambda: act(proposals, **form.cleaned_data, by=request.user), whole=True
        ),
        back=reverse("planning:board", args=[area.pk]),
        trail=under_board(area),
        template="planning/chosen_form.html",
        about={
            "chosen": proposals,
            "total": sum(each.budget_asked for each in proposals),
            **_as_shown(request, proposals),
        },
        **words,
    )


def _acts(request: SignedInRequest, area: Area) -> Mapping[str, Sequence[Act]]:
    """What this person can do with several proposals, by the column below which it stands."""
    if area.level == Level.TAMBON:
        return TAMBON_ACTS if decide(request.user, rules.CLASSIFY, area) else {}
    return AMPHOE_ACTS if decide(request.user, rules.ROUTE, area) else {}


def _board(request: SignedInRequest, code: str) -> Area:
    return get_object_or_404(boards_for(request.user).select_related(PARENTS), pk=code)


def _chosen_proposals(request: SignedInRequest, area: Area, states: Collection[str]) -> list[Proposal]:
    if not _acts(request, area):
        raise Http404
    rows = with_reading(proposals_for(request.user)).filter(
        pk__in=ticked_keys(request, "proposal"), area__path__startswith=area.path, state__in=states
    )
    return list(rows.order_by("pk"))


def _chosen_needs(request: SignedInRequest, area: Area) -> list[Need]:
    if not decide(request.user, rules.CLASSIFY, area):
        raise Http404
    rows = needs_for(request.user).filter(
        pk__in=ticked_keys(request, "need"), area__path__startswith=area.path, state="entered"
    )
    return list(rows.order_by("pk"))


def _as_shown(request: SignedInRequest, proposals: Sequence[Proposal]) -> dict[str, object]:
    """How the proposals stand now, and which of them have changed since the board was shown."""
    return {
        "read_marks": [mark_of_words(each) for each in proposals],
        "changed": changed_since(request, proposals, name="proposal"),
    }


def _choose_more(request: SignedInRequest, area: Area) -> HttpResponse:
    told = _("Please tick what is meant first; to merge or join, two or more.")
    if request.method == "POST":
        told = _("Some of what you chose has gone on meanwhile. Please look at the page again.")
    messages.warning(request, told)
    return redirect("planning:board", area.pk)


@transaction.atomic
def _join(request: SignedInRequest, form: JoinForm, needs: list[Need]) -> None:
    into = next(each for each in needs if str(each.pk) == form.cleaned_data["into"])
    for each in needs:
        if each != into:
            join_needs(each, into, by=request.user, note=form.cleaned_data["note"])
