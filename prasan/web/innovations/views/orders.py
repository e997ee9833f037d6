"""Follow-up orders: given, carried out, reported on and closed."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.models import Agency
from prasan.agencies.queries import holds_anywhere, naming_bodies
from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.cases.searching import searched
from prasan.innovations import rules
from prasan.innovations.actions import give_orders
from prasan.innovations.models import FollowUpOrder, Innovation
from prasan.innovations.queries import innovations_for, is_seen, orders_for, overdue
from prasan.innovations.states import ORDER
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.agencies.views.stepping import asking_step, bare_step
from prasan.web.innovations.spreading_forms import OrderForm
from prasan.web.innovations.steps import OF_ORDERS
from prasan.web.innovations.trails import under_gallery
from prasan.web.shell.lists import Filter, Order, Rows, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def order_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give an order about an innovation to named agencies."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    if not holds_anywhere(request.user, rules.GIVE_ORDER) or innovation.state != "registered":
        raise Http404
    own = FollowUpOrder.objects.filter(created_by=request.user)
    if (made := made_already(request, own)) is not None:
        return redirect("innovations:order", made.pk)
    form = OrderForm(sent(request), by=request.user)

    def act() -> HttpResponse:
        told = form.cleaned_data
        orders = give_orders(innovation, **told, by=request.user)
        said = ngettext("Given to %(number)d agency.", "Given to %(number)d agencies.", len(orders))
        messages.success(request, said % {"number": len(orders)})
        return redirect("innovations:orders")

    return act_form(
        request,
        form,
        act,
        title=_("Give an order"),
        button=_("Give the order"),
        back=reverse("innovations:innovation", args=[pk]),
        trail=under_gallery(innovation),
        effect=_("Each agency finds it on “My work” and gets a letter. You follow it until it is closed."),
    )


@login_required
@require_safe
def order_list(request: SignedInRequest) -> HttpResponse:
    """The orders that the person gave or was given, the most urgent first."""
    if not holds_anywhere(request.user, rules.VIEW_ORDER):
        raise Http404
    frame = list_frame(
        request,
        orders_for(request.user),
        search=_named,
        filters=[by_state(ORDER), Filter("late", _("Late"), [("yes", _("late"))], _late)],
        orders=[
            Order("due", _("Due first"), ("is_over", "due_on", "pk")),
            Order("new", _("Newest first"), ("-pk",)),
        ],
    )
    context = {"frame": frame, "trail": [*under_gallery(), Crumb(_("Follow-up orders"))]}
    return render(request, "innovations/order_list.html", context)


@login_required
@require_safe
def order_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One order with what was reported on it."""
    return _show(request, _found(request, pk))


@login_required
@require_POST
def order_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Acknowledge, return, close or call off."""
    order = _found(request, pk)
    return bare_step(
        request,
        order,
        code,
        back=reverse("innovations:order", args=[pk]),
        show=lambda told, status: _show(request, order, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def order_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Report on an order."""
    order = _found(request, pk)
    return asking_step(
        request,
        order,
        code,
        asked=OF_ORDERS,
        back=reverse("innovations:order", args=[pk]),
        trail=_under(order),
    )


def _found(request: HttpRequest, pk: int) -> FollowUpOrder:
    return get_object_or_404(orders_for(request.user), pk=pk)


def _show(
    request: SignedInRequest,
    order: FollowUpOrder,
    told: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    order = _found(request, order.pk)
    context = {
        "order": order,
        "may_see": is_seen(request.user, order.innovation),
        "steps": open_steps(order, request.user),
        "next": next_steps(order),
        "events": timeline(order, viewer=request.user),
        "trail": [*_under(order)[:-1], Crumb(str(order.agency))],
        **(told or {}),
    }
    return render(request, "innovations/order_page.html", context, status=status)


def _under(order: FollowUpOrder) -> list[Crumb]:
    return [
        *under_gallery(),
        Crumb(_("Follow-up orders"), reverse("innovations:orders")),
        Crumb(str(order.agency), reverse("innovations:order", args=[order.pk])),
    ]


def _late(rows: Rows, code: str) -> Rows:
    return overdue(rows)


def _named(rows: Rows, text: str) -> Rows:
    """Orders about what the words name, or given to whom they name."""
    about = Q(innovation__in=searched(Innovation.objects.all(), text))
    return rows.filter(about | Q(agency__in=naming_bodies(Agency.objects.all(), text)))
