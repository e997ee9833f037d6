"""People and their postings, as far as a person may see or keep them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies import rules
from prasan.agencies.models import Posting, Role
from prasan.agencies.queries.rights import decide, holds_anywhere, require, within_reach
from prasan.agencies.queries.standing import Person, current, standing_of
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.kernel.words import search_key
from prasan.places.models import PARENTS, Area


def postings_for(user: Person) -> QuerySet[Posting]:
    """The postings, past ones too, that the person may see."""
    return within_reach(user, rules.VIEW_PEOPLE, Posting.objects.all())


def people_for(user: Person, postings: QuerySet[Posting] | None = None) -> QuerySet[User]:
    """The people with one of the postings, by default any that the person may see, in dictionary order."""
    seen = postings_for(user) if postings is None else postings
    return User.objects.filter(Exists(seen.order_by().filter(person=OuterRef("pk")))).order_by(
        "sort_key", "pk"
    )


def holding_now(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Those of the postings that hold today."""
    return postings.filter(current(today()))


def yet_to_hold(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Those of the postings that begin after today."""
    return postings.filter(starts__gt=today())


def no_longer_holding(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Those of the postings that ended before today."""
    return postings.filter(ends__lt=today())


def naming_people(postings: QuerySet[Posting], text: str) -> QuerySet[Posting]:
    """Those of the postings whose title, or whose holder's name or user name, has every word of the text."""
    for word in text.split():
        key = search_key(word)
        postings = postings.filter(Q(search_key__contains=key) | Q(person__search_key__contains=key))
    return postings


def regions_of(postings: QuerySet[Posting], level: int) -> QuerySet[Area]:
    """The provinces (level 1) or amphoe (level 2) in which the postings lie, in dictionary order."""
    codes = postings.order_by().annotate(region=Left("area_id", 2 * level)).values("region").distinct()
    return Area.objects.filter(level=level, code__in=codes).order_by("sort_key", "code")


def roles_given_by(user: Person) -> QuerySet[Role]:
    """The roles to which the person may appoint somebody somewhere."""
    held = standing_of(user).by_role
    given = [
        role for role, right in rules.APPOINT.items() if any(grant.role in held for grant in right.grants)
    ]
    return Role.objects.filter(code__in=given).order_by("order")


def may_manage_people(user: Person) -> bool:
    """Whether the person keeps people and postings of any area."""
    return holds_anywhere(user, rules.MANAGE_PEOPLE)


def managed_areas(user: Person) -> QuerySet[Area]:
    """The areas whose people and postings the person keeps."""
    return within_reach(user, rules.MANAGE_PEOPLE, Area.objects.all())


def may_appoint(by: Person, posting: Posting) -> bool:
    """Whether the person may give, delegate or end this posting."""
    right = rules.APPOINT[posting.role_id]
    return bool(decide(by, right, posting)) and bool(decide(by, right, posting.agency))


def require_appointing(by: User | None, posting: Posting) -> int | None:
    """The posting by which the person may give or take this one; its area and its agency must be in reach.

    An agency in reach matters as much as the area: rights also follow the agency of a posting.
    """
    return require(by, rules.APPOINT[posting.role_id], posting, posting.agency)


def role_called(code: str) -> Role:
    """The role of a code; Refused if there is none."""
    role = Role.objects.filter(code=code).first()
    if role is None:
        raise Refused(_("There is no such role. Please choose one from the list."))
    return role


def may_change_account(by: Person, postings: Iterable[Posting]) -> bool:
    """Whether the person may act on the account that holds these postings now: he could give every one."""
    held = list(postings)
    return bool(held) and all(may_appoint(by, posting) for posting in held)


def postings_held_by(person: User) -> list[Posting]:
    """The postings that a person holds today or will hold; if there are none, the last that he held."""
    postings = Posting.objects.filter(person=person).select_related(
        "agency__area", f"area__{PARENTS}", "role"
    )
    held = list(postings.filter(Q(ends=None) | Q(ends__gte=today())).order_by("starts", "pk"))
    return held or list(postings.order_by("-ends", "-pk")[:1])
