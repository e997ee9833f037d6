"""What happens to accounts, as the ledger and timelines call it."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

OPENED = Event("accounts.user.open", _("Account opened"))
CLOSED = Event("accounts.user.close", _("Account closed"))
REOPENED = Event("accounts.user.reopen", _("Account reopened"))
PASSWORD_RENEWED = Event("accounts.user.password", _("Temporary password issued"))
