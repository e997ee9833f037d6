"""Who reads letters that came in and were set aside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Grant, Reach, Right

READ_LETTERS = Right(
    "linkage.letter.read",
    _("Letters that came in are looked through by the officers of the centre of the province."),
    (Grant("complaint_officer", Reach.AREA),),
)
