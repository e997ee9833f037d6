"""Giving, delegating and ending posts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from prasan.agencies.actions import appoint, delegate, end_posting
from prasan.agencies.models import Posting
from prasan.agencies.queries import may_appoint, may_manage_people, people_for, postings_for
from prasan.kernel.calendar import today
from prasan.web.agencies.forms import AppointForm, DelegateForm, LastDayForm
from prasan.web.agencies.trails import under_people
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def appoint_form(request: SignedInRequest) -> HttpResponse:
    """Give a post to someone who has an account."""
    if not may_manage_people(request.user):
        raise Http404
    asked = request.GET.get("person", "")
    person = people_for(request.user).filter(username=asked).first() if asked else None
    form = AppointForm(
        sent(request), by=request.user, initial={"person": person.username} if person else None
    )
    return act_form(
        request,
        form,
        lambda: appoint(form.cleaned_data["person"], **form.post, by=request.user),
        title=_("Give a post"),
        button=_("Give the post"),
        back=reverse("agencies:person", args=[person.pk]) if person else reverse("agencies:people"),
        done=_("The post is given."),
        effect=_("From the first day on the person has the rights of the role in this area."),
        trail=under_people(person),
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegate_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let someone act for the holder of a post."""
    posting = get_object_or_404(_seen(request), pk=pk)
    if not (may_appoint(request.user, posting) or (posting.person == request.user and posting.is_current)):
        raise Http404
    form = DelegateForm(sent(request), initial={"starts": today()})
    return act_form(
        request,
        form,
        lambda: delegate(posting, by=request.user, **form.cleaned_data),
        title=_("Let someone act for %(post)s") % {"post": posting},
        button=_("Let this person act"),
        back=reverse("agencies:person", args=[posting.person_id]),
        done=_("The acting holder is appointed."),
        effect=_("In these days the person has all rights of this post; every act shows that he was acting."),
        trail=under_people(posting.person),
    )


@login_required
@require_http_methods(["GET", "POST"])
def end_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the last day of a post."""
    posting = get_object_or_404(_seen(request), pk=pk)
    if not may_appoint(request.user, posting):
        raise Http404
    form = LastDayForm(sent(request), initial={"on": today()})
    return act_form(
        request,
        form,
        lambda: end_posting(posting, on=form.cleaned_data["on"], by=request.user),
        title=_("End the post: %(post)s") % {"post": posting},
        button=_("End the post"),
        back=reverse("agencies:person", args=[posting.person_id]),
        done=_("The last day of the post is set."),
        effect=_("The account stays open. What the person did in this post stays on record."),
        trail=under_people(posting.person),
        danger=True,
    )


def _seen(request: SignedInRequest) -> QuerySet[Posting]:
    return postings_for(request.user).select_related("person", "agency__area", "area")
