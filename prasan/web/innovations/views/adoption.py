"""Who uses an innovation and how far, for everybody; results and lessons for those they are meant for."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.cases.queries import open_steps, timeline
from prasan.cases.searching import searched
from prasan.innovations import rules
from prasan.innovations.actions import LessonsOvertaken, begin_adoption, write_lessons
from prasan.innovations.models import Adoption, Innovation
from prasan.innovations.queries import (
    Spread,
    adopters_for,
    adoptions_inside,
    adoptions_of,
    innovations_for,
    is_seen,
    own_adoptions,
    spread_of,
)
from prasan.innovations.states import ADOPTION
from prasan.places.models import COUNTRY, Area
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.agencies.views.stepping import asking_step
from prasan.web.innovations.spreading_forms import AdoptionForm, LessonsForm
from prasan.web.innovations.steps import OF_ADOPTIONS
from prasan.web.innovations.trails import under_gallery
from prasan.web.places.outlines import around
from prasan.web.shell.lists import Filter, Order, Rows, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

SHADES = {"dropped": 1, "noticed": 2, "planned": 3, "piloted": 4, "in_use": 5}
"""The shade of a province on the map, by the furthest state there."""


@require_safe
def spread_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Which agencies use an innovation, how far they are, and where; without what they wrote to the owner."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    spread = spread_of(innovation)
    inside = set(adoptions_inside(request.user).filter(innovation=innovation).values_list("pk", flat=True))
    frame = list_frame(
        request,
        adoptions_of(innovation),
        filters=[by_state(ADOPTION), Filter("province", _("Province"), _provinces(spread), _in_province)],
        orders=[
            Order("name", _("By name"), ("agency__sort_key", "pk")),
            Order("new", _("Newest first"), ("-state_since", "-pk")),
        ],
    )
    context = {
        "innovation": innovation,
        "frame": frame,
        "inside": inside,
        "spread": spread,
        "figures": [(state, spread.by_state[state.code]) for state in ADOPTION.states],
        "provinces": [
            (each, ADOPTION.state(each.furthest), SHADES[each.furthest]) for each in spread.provinces
        ],
        "legend": [(SHADES[state.code], state) for state in ADOPTION.states],
        "around": around(Area.objects.get(pk=COUNTRY)),
        "outlines": reverse("places:country-outlines"),
        "may_tell": innovation.state == "registered" and adopters_for(request.user, innovation).exists(),
        "trail": [*under_gallery(innovation), Crumb(_("Who uses it"))],
    }
    return render(request, "innovations/spread_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def adoption_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say for the first time how far the person's agency is with an innovation."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    if not adopters_for(request.user, innovation).exists():
        if (told := own_adoptions(request.user).filter(innovation=innovation).first()) is None:
            raise Http404
        messages.info(request, _("Your agency has told of this already. Please go on from there."))
        return redirect("innovations:adoption", told.pk)
    form = AdoptionForm(sent(request), by=request.user, innovation=innovation)

    def act() -> HttpResponse:
        told = form.cleaned_data
        made = begin_adoption(
            innovation, told["agency"], step=told["step"], since=told["since"], by=request.user
        )
        messages.success(request, _("Saved. You can write what came of it, for the owner of the innovation."))
        return redirect("innovations:adoption", made.pk)

    return act_form(
        request,
        form,
        act,
        title=_("Tell that your agency uses it"),
        button=_("Save"),
        back=reverse("innovations:spread", args=[pk]),
        trail=under_gallery(innovation),
        effect=_("Everybody can see agency, state and day."),
    )


@login_required
@require_safe
def adoption_list(request: SignedInRequest) -> HttpResponse:
    """What the person's agency makes of others' innovations."""
    if not holds_anywhere(request.user, rules.ADOPT):
        raise Http404
    frame = list_frame(
        request,
        own_adoptions(request.user),
        search=_titled,
        filters=[by_state(ADOPTION)],
        orders=[Order("new", _("Newest first"), ("-state_since", "-pk"))],
    )
    context = {"frame": frame, "trail": [*under_gallery(), Crumb(_("What your agency takes up"))]}
    return render(request, "innovations/adoption_list.html", context)


@login_required
@require_safe
def adoption_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One adoption with result and lessons, for the agency itself and for the owner."""
    adoption = get_object_or_404(adoptions_inside(request.user), pk=pk)
    may_see = is_seen(request.user, adoption.innovation)
    context = {
        "adoption": adoption,
        "innovation": adoption.innovation,
        "may_see": may_see,
        "may_write": bool(decide(request.user, rules.ADOPT, adoption)),
        "steps": open_steps(adoption, request.user),
        "events": timeline(adoption, viewer=request.user),
        "trail": [*under_gallery(adoption.innovation if may_see else None), Crumb(str(adoption.agency))],
    }
    return render(request, "innovations/adoption_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def adoption_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Plan, try out, use, drop, or take up again."""
    adoption = get_object_or_404(adoptions_inside(request.user), pk=pk)
    return asking_step(
        request,
        adoption,
        code,
        asked=OF_ADOPTIONS,
        back=reverse("innovations:adoption", args=[pk]),
        trail=_under(request, adoption),
    )


@login_required
@require_http_methods(["GET", "POST"])
def lessons_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write result and lessons; the officers of the owner get a letter."""
    adoption = get_object_or_404(adoptions_inside(request.user), pk=pk)
    if not decide(request.user, rules.ADOPT, adoption):
        raise Http404
    form = LessonsForm(sent(request), adoption=adoption)
    others: dict[str, object] = {}

    def act() -> None:
        try:
            write_lessons(adoption, **form.cleaned_data, by=request.user)
        except LessonsOvertaken as overtaken:
            form.read_again(overtaken.adoption)
            others["meanwhile"] = [
                (_("What came of it"), overtaken.adoption.result),
                (_("Lessons for the owner"), overtaken.adoption.lessons),
            ]
            raise

    return act_form(
        request,
        form,
        act,
        title=_("Write result and lessons"),
        button=_("Save"),
        back=reverse("innovations:adoption", args=[pk]),
        done=_("Saved."),
        trail=_under(request, adoption),
        effect=_("Only the owner of the innovation and the ministry read this; the owner gets a letter."),
        template="innovations/lessons_form.html",
        about=lambda: others,
    )


def _under(request: SignedInRequest, adoption: Adoption) -> list[Crumb]:
    """The way to an adoption: by its innovation, where the person may still see that."""
    innovation = adoption.innovation if is_seen(request.user, adoption.innovation) else None
    address = reverse("innovations:adoption", args=[adoption.pk])
    return [*under_gallery(innovation), Crumb(str(adoption.agency), address)]


def _titled(rows: Rows, text: str) -> Rows:
    return rows.filter(innovation__in=searched(Innovation.objects.all(), text))


def _provinces(spread: Spread) -> list[tuple[str, str]]:
    return [(each.area.code, each.area.name) for each in spread.provinces]


def _in_province(rows: Rows, code: str) -> Rows:
    return rows.filter(agency__area__path__startswith=f"{code}/")
