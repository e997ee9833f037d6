"""Sending a cookbook out, who opened it, and what was sent to one's own agency."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.models import Agency
from prasan.agencies.queries import decide, holds_anywhere, naming_bodies
from prasan.cases.searching import searched
from prasan.innovations import rules
from prasan.innovations.actions import send_cookbook
from prasan.innovations.models import Innovation
from prasan.innovations.queries import deliveries_of, deliveries_to, opened_and_all
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.innovations.exports import delivery_table
from prasan.web.innovations.spreading_forms import SendForm
from prasan.web.innovations.trails import under_cookbook, under_gallery
from prasan.web.innovations.views.cookbook import found_cookbook, own_cookbook
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Filter, Order, Rows, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_http_methods(["GET", "POST"])
def send_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a published cookbook to all agencies of the levels chosen."""
    cookbook = found_cookbook(request, pk)
    if not decide(request.user, rules.SPREAD_COOKBOOK, cookbook):
        raise Http404
    form = SendForm(sent(request), cookbook=cookbook)
    address = reverse("innovations:deliveries", args=[pk])

    def act() -> HttpResponse:
        number = send_cookbook(cookbook, form.cleaned_data["levels"], by=request.user)
        said = ngettext("Sent to %(number)s agency.", "Sent to %(number)s agencies.", number)
        messages.success(request, said % {"number": f"{number:,}"})
        return redirect(address)

    return act_form(
        request,
        form,
        act,
        title=_("Send the cookbook out"),
        button=_("Send"),
        back=reverse("innovations:cookbook", args=[pk]),
        trail=under_cookbook(cookbook),
        effect=_(
            "Each agency finds it on “My work”, and whoever reads for it gets a letter, once. Sent again, it "
            "reaches only those that have it not yet."
        ),
    )


@login_required
@require_safe
def delivery_list(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """To whom the cookbook was sent, and who opened it."""
    cookbook = own_cookbook(request, pk)
    frame = list_frame(
        request,
        deliveries_of(cookbook),
        search=_named,
        filters=[_by_opening(), Filter("level", _("Level"), Agency.Level.choices, _of_level)],
        orders=[Order("name", _("By name"), ("agency__sort_key", "pk"))],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, delivery_table(frame.found), frame.export, name=f"deliveries-{pk}")
    opened, everyone = opened_and_all(cookbook)
    context = {
        "cookbook": cookbook,
        "frame": frame,
        "opened": opened,
        "everyone": everyone,
        "may_send": bool(decide(request.user, rules.SPREAD_COOKBOOK, cookbook)),
        "trail": [*under_cookbook(cookbook), Crumb(_("To whom it was sent"))],
    }
    return render(request, "innovations/delivery_list.html", context)


@login_required
@require_safe
def received_list(request: SignedInRequest) -> HttpResponse:
    """The cookbooks that were sent to the person's agency."""
    if not holds_anywhere(request.user, rules.RECEIVE_COOKBOOK):
        raise Http404
    frame = list_frame(
        request,
        deliveries_to(request.user),
        search=_titled,
        filters=[_by_opening()],
        orders=[Order("new", _("Newest first"), ("-pk",))],
    )
    context = {"frame": frame, "trail": [*under_gallery(), Crumb(_("Cookbooks sent to your agency"))]}
    return render(request, "innovations/received_list.html", context)


def _by_opening() -> Filter:
    return Filter("opened", _("Opened"), (("no", _("not opened")), ("yes", _("opened"))), _opened)


def _opened(rows: Rows, code: str) -> Rows:
    return rows.filter(opened_at__isnull=code == "no")


def _of_level(rows: Rows, code: str) -> Rows:
    return rows.filter(agency__level=code)


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(agency__in=naming_bodies(Agency.objects.all(), text))


def _titled(rows: Rows, text: str) -> Rows:
    return rows.filter(cookbook__innovation__in=searched(Innovation.objects.all(), text))
