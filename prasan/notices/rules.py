"""Who reads a letter."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import ANYBODY, Grant, Reach, Right

READ_LETTER = Right(
    "notices.letter.read",
    _("This letter does not exist."),
    (Grant(ANYBODY, Reach.OWN),),
)
"""Nobody but the one to whom it was written: no post opens another's letters."""
