"""Kinds of event of this room, as the ledger names them."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

REMINDED = Event("notices.call.remind", _("Those who had not answered were reminded"))
EDITION_CLOSES = Event("notices.edition.closes", _("Entrants reminded of the last day of the window"))
