"""Kinds of event, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

LETTER_SET_ASIDE = Event("linkage.letter.set_aside", _("Letter set aside"))
LETTER_READ = Event("linkage.letter.read", _("Looked at a letter"))
LETTER_SETTLED = Event("linkage.letter.settled", _("Letter settled"))
