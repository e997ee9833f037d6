"""People: who holds which post, one person's page, and accounts."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prasan.accounts.models import User
from prasan.agencies.actions import close_account, open_account, renew_password, reopen_account
from prasan.agencies.models import Posting, Role
from prasan.agencies.queries import (
    agencies_for,
    holding_now,
    may_appoint,
    may_change_account,
    may_manage_people,
    naming_people,
    no_longer_holding,
    people_for,
    postings_for,
    postings_held_by,
    postings_of,
    regions_of,
    yet_to_hold,
)
from prasan.places.models import COUNTRY, PARENTS
from prasan.web.agencies.exports import postings_file
from prasan.web.agencies.forms import AccountForm
from prasan.web.agencies.trails import under_people
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.shell.lists import Filter, ListFrame, Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

_TIMES = {"now": holding_now, "coming": yet_to_hold, "past": no_longer_holding}


@login_required
@require_safe
def people(request: SignedInRequest) -> HttpResponseBase:
    """The postings within one's reach, with the people who hold them."""
    frame = _frame(request)
    if frame.export:
        return postings_file(request, frame.found, frame.export)
    context = {
        "frame": frame,
        "may_manage": may_manage_people(request.user),
        "trail": [Crumb(_("People and posts"))],
    }
    return render(request, "agencies/people_list.html", context)


@login_required
@require_safe
def person_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person, the posts that the reader may see, and what the reader may do about them."""
    person = get_object_or_404(people_for(request.user), pk=pk)
    postings = _with_names(postings_for(request.user).filter(person=person)).order_by("-starts", "-pk")
    context = {
        "person": person,
        "postings": [(posting, _acts_on(request.user, posting)) for posting in postings],
        "may_manage": may_manage_people(request.user) and person != request.user,
        "may_change": may_change_account(request.user, postings_held_by(person)),
        "trail": [*under_people(), Crumb(person.name)],
    }
    return render(request, "agencies/person_page.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def open_account_form(request: SignedInRequest) -> HttpResponse:
    """Open an account with its first post; the answer shows the one-time password, once."""
    _require_manager(request.user)
    form = AccountForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: _show_password(request, *open_account(**form.person, **form.post, by=request.user)),
        title=_("Open an account"),
        button=_("Open the account"),
        back=reverse("agencies:people"),
        effect=_("The person can sign in at once with the password that the next page shows."),
        trail=under_people(),
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def password_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give someone who lost his password a temporary one; the answer shows it, once."""
    person = _person_to_change(request, pk)
    return act_form(
        request,
        forms.Form(sent(request)),
        lambda: _show_password(request, person, renew_password(person, by=request.user)),
        title=_("New password"),
        button=_("Make a new password"),
        back=reverse("agencies:person", args=[pk]),
        effect=_("The old password stops working and the person is signed out on every device."),
        trail=under_people(person),
    )


@login_required
@require_http_methods(["GET", "POST"])
def close_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an account after saying what that means."""
    person = _person_to_change(request, pk)
    return act_form(
        request,
        forms.Form(sent(request)),
        lambda: close_account(person, by=request.user),
        title=_("Close the account"),
        button=_("Close the account"),
        back=reverse("agencies:person", args=[pk]),
        done=_("The account is closed."),
        effect=_(
            "The person is signed out everywhere and cannot sign in any more. What he did stays on record."
        ),
        trail=under_people(person),
        danger=True,
    )


@login_required
@require_http_methods(["GET", "POST"])
def reopen_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Reopen an account after saying what that means."""
    person = _person_to_change(request, pk)
    return act_form(
        request,
        forms.Form(sent(request)),
        lambda: reopen_account(person, by=request.user),
        title=_("Reopen the account"),
        button=_("Reopen the account"),
        back=reverse("agencies:person", args=[pk]),
        done=_("The account is open again."),
        effect=_("The person can sign in with the password he had, and has the rights of his present posts."),
        trail=under_people(person),
    )


def _frame(request: SignedInRequest) -> ListFrame:
    postings = postings_for(request.user)
    level = 1 if any(held.area_id == COUNTRY for held in postings_of(request.user)) else 2
    regions = [(area.pk, area.title) for area in regions_of(postings, level).select_related(PARENTS)]
    asked = request.GET.get("agency", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 10
    agencies = agencies_for(request.user).filter(pk=asked) if is_number else []
    chosen = [(str(agency.pk), str(agency)) for agency in agencies]
    roles = Role.objects.filter(pk__in=postings.order_by().values("role")).order_by("order")
    return list_frame(
        request,
        _with_names(postings),
        search=naming_people,
        filters=[
            Filter("role", _("Role"), [(role.pk, str(role)) for role in roles], _of_role),
            Filter("area", _("Area"), regions, _of_area),
            *([Filter("agency", _("Agency"), chosen, _of_agency)] if chosen else []),
            Filter("time", _("In post"), _TIME_LABELS, lambda rows, time: _TIMES[time](rows)),
        ],
        orders=[
            Order("name", _("Name"), ("person__sort_key", "person", "-starts", "pk")),
            Order("area", _("Area"), ("area__path", "role__order", "pk")),
            Order("newest", _("Newest first"), ("-starts", "-pk")),
        ],
        exports=("csv", "xlsx"),
    )


_TIME_LABELS = (("now", _("now")), ("coming", _("to come")), ("past", _("past")))


def _of_role(rows: QuerySet[Posting], role: str) -> QuerySet[Posting]:
    return rows.filter(role=role)


def _of_area(rows: QuerySet[Posting], code: str) -> QuerySet[Posting]:
    return rows.filter(area__code__startswith=code)


def _of_agency(rows: QuerySet[Posting], agency: str) -> QuerySet[Posting]:
    return rows.filter(agency_id=int(agency))


def _with_names(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    return postings.select_related("person", "role", "agency__area", "acting_for", f"area__{PARENTS}")


def _acts_on(user: User, posting: Posting) -> bool:
    return (posting.ends is None or posting.is_current) and may_appoint(user, posting)


def _require_manager(user: User) -> None:
    if not may_manage_people(user):
        raise Http404


def _person_to_change(request: SignedInRequest, pk: int) -> User:
    person = get_object_or_404(people_for(request.user), pk=pk)
    if not may_change_account(request.user, postings_held_by(person)):
        raise Http404
    return person


def _show_password(request: SignedInRequest, person: User, password: str) -> HttpResponse:
    context = {
        "person": person,
        "password": password,
        "trail": [*under_people(person), Crumb(_("New password"))],
    }
    return render(request, "agencies/password_page.html", context)
