"""Whether an innovation may enter, by the rules of an edition or of a programme, and from when on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.agencies.models import Agency
from prasan.awards import eligibility
from prasan.awards.models import Award, Edition, EligibilityRule, Entry, Programme, RuleSet
from prasan.innovations.models import Innovation
from prasan.kernel.calendar import BANGKOK, today
from prasan.kernel.dates import format_date
from prasan.kernel.local_government_names import local_government_title
from prasan.places.models import LocalGovernmentKind

_TITLES = tuple((kind, local_government_title(kind)) for kind in ("อบจ.", "ทน.", "ทม.", "ทต.", "อบต."))


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and how the innovation stands by it."""

    rule: EligibilityRule
    told: eligibility.Told


@dataclass(frozen=True, slots=True)
class Eligibility:
    """All rules of a version; `met_from` where nothing but time is missing."""

    rule_set: RuleSet | None
    findings: tuple[Finding, ...]

    @property
    def is_met(self) -> bool:
        """Whether every rule is met."""
        return all(each.told.is_met for each in self.findings)

    @property
    def not_met(self) -> list[Finding]:
        """The rules that are surely not met."""
        return [each for each in self.findings if each.told.outcome is eligibility.Outcome.NOT_MET]

    @property
    def met_from(self) -> date | None:
        """The day from which it may enter, where nothing but time is missing."""
        return eligibility.eligible_from(each.told for each in self.findings)

    @property
    def met_from_words(self) -> str:
        """From when on it is eligible, in a sentence; empty where that is not a matter of time."""
        if self.met_from is None:
            return ""
        day = format_date(self.met_from, (get_language() or "th")[:2])
        return _("Eligible from %(day)s on: nothing but time is missing.") % {"day": day}

    @property
    def codes(self) -> list[str]:
        """The outcomes as the ledger keeps them."""
        return [f"{each.rule.position}|{each.rule.kind}|{each.told.outcome}" for each in self.findings]


def eligibility_of(entry: Entry) -> Eligibility:
    """How an entry stands by the rules of its edition: on the day it was entered, or today."""
    moment = entry.submitted_at
    day = moment.astimezone(BANGKOK).date() if moment is not None else today()
    return eligibility_for(entry.innovation, entry.edition, day)


def eligibility_for(innovation: Innovation, edition: Edition, day: date) -> Eligibility:
    """How an innovation would stand in an edition if it entered on this day."""
    facts = _facts(innovation, edition.programme, day, edition.opens, edition.closes)
    return _found(edition.rule_set, facts)


def outlook_of(
    innovation: Innovation, programmes: Iterable[Programme]
) -> list[tuple[Programme, Eligibility]]:
    """How an innovation stands today by the latest rules of each programme that has rules, windows aside."""
    found = []
    for programme in programmes:
        latest = programme.rule_sets.last()
        if latest is not None:
            facts = _facts(innovation, programme, today(), None, None)
            found.append((programme, _found(latest, facts, but=(EligibilityRule.Kind.WINDOW,))))
    return found


def kind_by_name(name: str) -> str | None:
    """The kind of local government that a full name begins with."""
    return next((kind for kind, title in _TITLES if name.startswith(title)), None)


def _found(rule_set: RuleSet | None, facts: eligibility.Facts, but: Collection[str] = ()) -> Eligibility:
    rows = [] if rule_set is None else [each for each in rule_set.rules.all() if each.kind not in but]
    findings = (Finding(each, eligibility.tell(each.kind, each.parameters, facts)) for each in rows)
    return Eligibility(rule_set, tuple(findings))


def _facts(
    innovation: Innovation, programme: Programme, day: date, opens: date | None, closes: date | None
) -> eligibility.Facts:
    won = Award.objects.filter(
        entry__innovation=innovation,
        edition__programme=programme,
        edition__state__in=("announced", "closed"),
    ).values_list("edition__year", flat=True)
    return eligibility.Facts(
        day=day,
        owner_level=innovation.owner.level,
        owner_kind=_kind_of(innovation.owner),
        started_on=innovation.started_on,
        finished_on=innovation.finished_on,
        opens=opens,
        closes=closes,
        won=tuple(sorted(won)),
    )


def _kind_of(owner: Agency) -> str | None:
    """Which kind of local government the owner is today; by its full name where the register has no row."""
    if owner.local_government_id is None:
        return kind_by_name(owner.name_th)
    rows = LocalGovernmentKind.objects.filter(local_government=owner.local_government_id, valid_to=None)
    return rows.values_list("kind", flat=True).first()
