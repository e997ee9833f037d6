"""Routing rules of a province: their versions, changing a draft, and trying it before it takes effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.cases.queries import open_steps, timeline
from prasan.complaints import rules
from prasan.complaints.actions import (
    add_rule,
    change_rule,
    draft_rules,
    move_rule,
    put_rules_in_force,
    remove_rule,
)
from prasan.complaints.actions.rule_book import MOST_RULES
from prasan.complaints.models import RoutingRule, RuleBook
from prasan.complaints.queries import (
    provinces_to_rule,
    rows_of,
    rule_books_for,
    tried_example,
    tried_on_past,
    warnings_of,
)
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.agencies.views.stepping import Asking, asking_step, bare_step
from prasan.web.complaints.exports import rules_table
from prasan.web.complaints.forms.routing import BookForm, ExampleForm, RuleForm
from prasan.web.complaints.forms.words import ActForm
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import ListFrame, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

ROUTING = _("Routing rules")


@login_required
@require_safe
def book_list(request: SignedInRequest) -> HttpResponse:
    """The versions that the person may see."""
    if not holds_anywhere(request.user, rules.VIEW_RULES):
        raise Http404
    context = {
        "books": rule_books_for(request.user),
        "may_draft": provinces_to_rule(request.user).exists(),
        "trail": [Crumb(_("Complaints"), reverse("complaints:list")), Crumb(ROUTING)],
    }
    return render(request, "complaints/book_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def book_form(request: SignedInRequest) -> HttpResponse:
    """Begin a version with the rules now in force."""
    provinces = provinces_to_rule(request.user)
    if not provinces.exists():
        raise Http404
    form = BookForm(sent(request), provinces=provinces)
    return act_form(
        request,
        form,
        lambda: redirect("complaints:book", draft_rules(form.cleaned_data["area"], by=request.user).pk),
        title=_("Draft a version"),
        button=_("Begin the draft"),
        back=reverse("complaints:book-list"),
        effect=_("It begins with the rules now in force, and changes nothing until it is put in force."),
        trail=[*_trail()[:-1], Crumb(ROUTING, reverse("complaints:book-list"))],
    )


@login_required
@require_safe
def book_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One version: its rules, what is likely not meant, and what it would do; or its rules as a file."""
    book = _found(request, pk)
    frame = _frame(request, book)
    if frame.export:
        name = f"routing-{book.area_id}-{book.number}"
        return table_file(request, rules_table(frame.found), frame.export, name=name)
    return _show(request, book)


@login_required
@require_http_methods(["GET", "POST"])
def rule_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a rule to a draft."""
    book = _found(request, pk)
    if not _may_draft(request, book):
        raise Http404
    form, back = RuleForm(sent(request), book=book), reverse("complaints:book", args=[pk])
    return act_form(
        request,
        form,
        lambda: add_rule(book, form.rule, by=request.user),
        title=_("Add a rule"),
        button=_("Add"),
        back=back,
        done=_("Saved."),
        effect=_("It stands below the others; the first that fits says who answers."),
        trail=[*_trail(book)[:-1], Crumb(_title(book), back)],
    )


@login_required
@require_http_methods(["GET", "POST"])
def rule_change(request: SignedInRequest, pk: int, rule: int) -> HttpResponse:
    """Say a rule of a draft otherwise."""
    book = _found(request, pk)
    if not _may_draft(request, book):
        raise Http404
    line = get_object_or_404(rows_of(book), pk=rule)
    form, back = RuleForm(sent(request), book=book, rule=line), reverse("complaints:book", args=[pk])
    return act_form(
        request,
        form,
        lambda: change_rule(line, form.rule, by=request.user),
        title=_("Change rule %(number)d") % {"number": line.position},
        button=_("Save"),
        back=back,
        done=_("Saved."),
        trail=[*_trail(book)[:-1], Crumb(_title(book), back)],
    )


@login_required
@require_POST
def rule_act(request: SignedInRequest, pk: int, rule: int, code: str) -> HttpResponse:
    """Move a rule of a draft up or down, or take it out."""
    book, user = _found(request, pk), request.user
    line = RoutingRule(pk=rule, book=book)
    acts: Mapping[str, Callable[[], None]] = {
        "up": lambda: move_rule(line, up=True, by=user),
        "down": lambda: move_rule(line, up=False, by=user),
        "remove": lambda: remove_rule(line, by=user),
    }
    if code not in acts:
        raise Http404
    try:
        acts[code]()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("complaints:book", pk)


@login_required
@require_POST
def book_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Drop a draft."""
    book = _found(request, pk)
    return bare_step(
        request,
        book,
        code,
        back=reverse("complaints:book", args=[pk]),
        show=lambda told, status: _show(request, book, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def book_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Put a draft in force."""
    book = _found(request, pk)
    back = reverse("complaints:book", args=[pk])
    asked = {"put_in_force": Asking(ActForm, lambda case, form, by: put_rules_in_force(case, by=by))}
    trail = [*_trail(book)[:-1], Crumb(_title(book), back)]
    return asking_step(request, book, code, asked=asked, back=back, trail=trail)


def _found(request: SignedInRequest, pk: int) -> RuleBook:
    return get_object_or_404(rule_books_for(request.user), pk=pk)


def _frame(request: SignedInRequest, book: RuleBook) -> ListFrame:
    return list_frame(request, rows_of(book), per_page=MOST_RULES, exports=("csv", "xlsx"))


def _may_draft(request: SignedInRequest, book: RuleBook) -> bool:
    """Also of a version that took effect while the form stood open: the act says so and keeps the words."""
    return bool(decide(request.user, rules.DRAFT_RULES, book))


def _title(book: RuleBook) -> str:
    return _("Version %(number)d, %(province)s") % {"number": book.number, "province": book.area.title}


def _trail(book: RuleBook | None = None) -> list[Crumb]:
    above = Crumb(_("Complaints"), reverse("complaints:list"))
    if book is None:
        return [above, Crumb(ROUTING)]
    return [above, Crumb(ROUTING, reverse("complaints:book-list")), Crumb(_title(book))]


def _show(
    request: SignedInRequest, book: RuleBook, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    example = ExampleForm(request.GET if "try" in request.GET else None)
    proposed = None
    if example.is_bound and example.is_valid():
        asked = example.cleaned_data
        proposed = tried_example(book, kind=asked["kind"], area=asked["area"], text=asked["text"])
    context = {
        "book": book,
        "title": _title(book),
        "rules": rows_of(book),
        "frame": _frame(request, book),
        "warnings": warnings_of(book),
        "may_change": book.state == "draft" and _may_draft(request, book),
        "example": example,
        "proposed": proposed,
        "trial": tried_on_past(book, request.user) if "past" in request.GET else None,
        "steps": open_steps(book, request.user),
        "events": timeline(book, viewer=request.user),
        "trail": _trail(book),
        **(told or {}),
    }
    return render(request, "complaints/book_page.html", context, status=status)
