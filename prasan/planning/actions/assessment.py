"""What an officer writes of a proposal that was sent to his agency; it decides nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.cases.words import cleaned
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.planning import rules
from prasan.planning.actions.brief import whole_satang
from prasan.planning.actions.routing import locked_routing
from prasan.planning.models import Assessment, AssessmentVersion, Proposal, Routing
from prasan.planning.queries.assessments import own_list_of


@dataclass(frozen=True, slots=True)
class AssessmentWords:
    """What an agency finds: its power, what can be done, what is ready, what it costs, what is double."""

    power: str
    feasibility: str
    design: str
    land: str
    permits: str
    recommendation: str
    mandate: str = ""
    feasibility_words: str = ""
    estimate: Decimal | None = None
    cost_words: str = ""
    duplicates: Collection[Proposal] = ()


@transaction.atomic
def write_assessment(
    routing: Routing,
    words: AssessmentWords,
    *,
    since: int = 0,
    by: User | None,
    note: str = "",
    internal_note: str = "",
    form_key: UUID | None = None,
) -> Assessment:
    """Write what the agency thinks of a proposal that it received and has not answered, or write it anew.

    Every version is kept. `since` is the number of the version that the writer has read, 0 for none: Refused
    where a colleague has written another. Once for each form: a form sent again changes nothing more.
    """
    wait_for_turn(form_key)
    proposal, routing = locked_routing(routing)
    posting = require(by, rules.ASSESS, routing)
    own = AssessmentVersion.objects.filter(assessment__routing=routing, written_by=by)
    if (made := made_before(form_key, own)) is not None:
        return made.assessment
    if reason := why_not_now(routing):
        raise Refused(reason)
    assessment = Assessment.objects.filter(routing=routing).first()
    last = assessment.versions.last() if assessment is not None else None
    number = last.number if last is not None else 0
    if number != since:
        raise Refused(
            _("A colleague has written version %(number)d meanwhile. Please open the assessment anew.")
            % {"number": number}
        )
    version = _version(proposal, routing, words, note)
    if assessment is None:
        after = {"routing": routing.pk}
        assessment = begin(Assessment(routing=routing), by=by, posting=posting, after=after)
    version.assessment, version.number, version.form_key = assessment, number + 1, form_key
    version.written_by, version.posting_id = by, posting
    version.save()
    version.duplicates.set(words.duplicates)
    return move(
        assessment,
        "write",
        by=by,
        note=note,
        internal_note=internal_note,
        after={
            "version": version.number,
            "read": version.read.number if version.read else None,
            "power": version.power,
            "estimate": None if version.estimate is None else str(version.estimate),
            "recommendation": version.recommendation,
        },
    )


def why_not_now(routing: Routing) -> str:
    """Why an agency cannot write of the proposal at this stage; empty while it can."""
    if routing.state == "sent":
        return _("Please receive the proposal first, then assess it.")
    if routing.state != "received":
        return _("The agency has answered already. The assessment stands; take the answer back to change it.")
    return ""


def _version(proposal: Proposal, routing: Routing, words: AssessmentWords, note: str) -> AssessmentVersion:
    """The version that the words make, not saved yet; Refused where they leave out what matters."""
    kinds = AssessmentVersion
    for code, offered in (
        (words.power, kinds.Power),
        (words.feasibility, kinds.Feasibility),
        (words.design, kinds.Readiness),
        (words.land, kinds.Readiness),
        (words.permits, kinds.Readiness),
        (words.recommendation, kinds.Recommendation),
    ):
        if code not in offered.values:
            raise Refused(_("Please answer every question of the assessment."))
    mandate, hard = cleaned(words.mandate), cleaned(words.feasibility_words)
    if words.power != kinds.Power.NO and not says_something(mandate):
        raise Refused(_("Please name the law or the mandate that gives the agency the power."))
    if words.feasibility != kinds.Feasibility.USUAL and not says_something(hard):
        raise Refused(_("Please say in words what makes it hard, or under which conditions it can be done."))
    if words.recommendation != kinds.Recommendation.ACCEPT and not says_something(note):
        raise Refused(_("Please say for everybody why it should not be taken on as it stands."))
    allowed = set(own_list_of(routing).filter(pk__in=[each.pk for each in words.duplicates]))
    if allowed != set(words.duplicates):
        raise Refused(_("Only projects of your own agency can be named as duplicates."))
    return AssessmentVersion(
        read=proposal.versions.last(),
        power=words.power,
        mandate=mandate,
        feasibility=words.feasibility,
        feasibility_words=hard,
        design=words.design,
        land=words.land,
        permits=words.permits,
        asked=proposal.budget_asked,
        estimate=None if words.estimate is None else whole_satang(words.estimate),
        cost_words=cleaned(words.cost_words),
        recommendation=words.recommendation,
    )
