"""Who reads what officers write among themselves on a case, and who has words erased."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import SUBJECT, Grant, Reach, Right

READ_INTERNAL = Right(
    "cases.internal.read",
    _("Only officers who handle this case read its internal notes."),
    (
        Grant("tambon_secretary", Reach.AREA),
        Grant("amphoe_secretary", Reach.AREA),
        Grant("local_officer", Reach.AREA),
        Grant("agency_officer", Reach.AGENCY),
        Grant("agency_officer", Reach.ROUTED),
        Grant("analyst", Reach.AREA),
        Grant("provincial_head", Reach.AREA),
        Grant("governor", Reach.AREA),
        Grant("finance_officer", Reach.AREA),
    ),
    unless=(SUBJECT,),
    barred_reason=_("Nobody reads the internal notes of a case against himself or his own unit."),
)

ERASE_NOTE = Right(
    "cases.note.erase",
    _("Only the administrator of the province can have a note erased."),
    (Grant("province_admin", Reach.AREA),),
    unless=(SUBJECT,),
    barred_reason=_("Nobody erases notes of a case against himself or his own unit."),
)
