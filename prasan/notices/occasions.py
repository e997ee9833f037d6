"""What people are told of, and whom: one row for each kind of entry of the ledger that makes letters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.agencies import events as of_agencies
from prasan.awards import events as of_awards
from prasan.complaints import events as of_complaints
from prasan.innovations import events as of_innovations
from prasan.notices import events
from prasan.planning import events as of_planning

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Whom(Enum):
    """Who is told; never whoever did it."""

    ASKED = "asked"
    """Everybody posted where a call asks."""
    OWING = "owing"
    """Those of them who have not answered."""
    LET_IN = "let_in"
    """Those of them whom an exception is about."""
    AUTHORS = "authors"
    """Who told of a need; who wrote or submitted a proposal, or told of a need that it answers."""
    AUTHORS_IF_HELPER = "authors_if_helper"
    """The same, of the answer of an agency that helps; that of the lead agency moves the proposal itself."""
    HIGHER_POST = "higher_post"
    """Who holds the role, over the place of a complaint, that is told when it is late."""
    WHO_OWES = "who_owes"
    """Who owes the next step of a complaint: at the agencies that hold it, or at the centre."""
    OFFICER = "officer"
    """Who was named to look after a complaint at his agency."""
    MAY_ENTER = "may_enter"
    """Who enters innovations for an agency that has one."""
    DRAFTING = "drafting"
    """Who began an entry that is not entered yet."""
    ENTRANTS = "entrants"
    """Who began or sent an entry for an award."""
    JUDGES = "judges"
    """Judges who have score sheets to fill in."""
    OWNER = "owner"
    """The officers of the agency whose innovation another took up."""
    RECEIVER = "receiver"
    """The officers of the agency that was given a follow-up order."""
    READERS = "readers"
    """Who reads for an agency to which a cookbook was sent."""
    GIVER = "giver"
    """Who follows an order at the office that gave it."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A kind of entry, who is told of it and in what words; `once` is once for the subject, not the entry."""

    kind: str
    whom: Whom
    words: str | StrPromise
    title: str | StrPromise = "%(step)s: %(name)s"
    once: bool = False


CLOSING = Occasion(
    events.EDITION_CLOSES,
    Whom.DRAFTING,
    _(
        "%(name)s takes entries until %(closes)s. Your agency has begun an entry that is not entered yet; it "
        "counts only once it is entered."
    ),
    title=_("Closes soon: %(name)s"),
    once=True,
)
"""Written by the work of every day, not by an act."""

REMINDER = Occasion(
    events.REMINDED,
    Whom.OWING,
    _(
        "The call “%(call)s” of %(agency)s closes on %(closes)s. Still without an answer: %(asked)s. Please "
        "send a need or proposal in, or say on the page of the call that there is nothing this year."
    ),
    title=_("Reminder: %(call)s"),
    once=True,
)
"""Written by the act of reminding itself, which says at once how many it reached."""

_BACK_TO_AUTHOR = _("It was returned to its author. It can be changed and submitted again.")
_OUT_OF_THE_PLAN = _("It was taken out of the draft of the plan again.")
_ANSWER_TAKEN_BACK = _("The agency has taken its answer back and looks at it again.")

_CALLS = (
    Occasion(
        of_agencies.CALL_OPENED,
        Whom.ASKED,
        _(
            "%(agency)s asks for needs and proposals for the fiscal year %(year)s, from %(opens)s to "
            "%(closes)s. Asked are: %(asked)s. A need or proposal that is sent in is the answer; if there is "
            "none this year, please say so on the page of the call."
        ),
        title=_("Call: %(call)s"),
        once=True,
    ),
    Occasion(
        of_agencies.CALL_EXTENDED,
        Whom.OWING,
        _("The call “%(call)s” takes entries up to %(closes)s. Still without an answer: %(asked)s."),
        title=_("More time: %(call)s"),
    ),
    Occasion(
        of_planning.EXCEPTION_SIGNED,
        Whom.LET_IN,
        _(
            "Late entries are let into the call “%(call)s” up to %(until)s. Still without an answer: "
            "%(asked)s."
        ),
        title=_("Late entry let in: %(call)s"),
    ),
    Occasion(
        of_planning.EXCEPTION_WITHDRAWN,
        Whom.LET_IN,
        _(
            "The exception by which late entries were let into the call “%(call)s” is withdrawn. Still "
            "without an answer: %(asked)s."
        ),
        title=_("No more late entries: %(call)s"),
    ),
)

_NEEDS = (
    Occasion(
        "planning.need.join",
        Whom.AUTHORS,
        _("It was joined with another need that tells of the same thing. Both stay to be read."),
    ),
    Occasion("planning.need.part", Whom.AUTHORS, _("It stands by itself again.")),
)

_PROPOSALS = (
    Occasion("planning.proposal.submit", Whom.AUTHORS, _("It was submitted to the tambon committee.")),
    Occasion("planning.proposal.withdraw", Whom.AUTHORS, _("It was withdrawn; its needs wait for another.")),
    Occasion("planning.proposal.return_to_author", Whom.AUTHORS, _BACK_TO_AUTHOR),
    Occasion("planning.proposal.amphoe_return_to_author", Whom.AUTHORS, _BACK_TO_AUTHOR),
    Occasion("planning.proposal.agency_return_to_author", Whom.AUTHORS, _BACK_TO_AUTHOR),
    Occasion("planning.proposal.governor_return_to_author", Whom.AUTHORS, _BACK_TO_AUTHOR),
    Occasion("planning.proposal.governor_return_own", Whom.AUTHORS, _BACK_TO_AUTHOR),
    Occasion(
        "planning.proposal.return_to_tambon",
        Whom.AUTHORS,
        _("It was returned to the tambon committee, which looks at it again."),
    ),
    Occasion(
        "planning.proposal.local_return",
        Whom.AUTHORS,
        _("The local government returned it to the tambon committee, which looks at it again."),
    ),
    Occasion(
        "planning.proposal.agency_return",
        Whom.AUTHORS,
        _("The agency returned it to the amphoe committee, which looks at it again."),
    ),
    Occasion(
        "planning.proposal.governor_return",
        Whom.AUTHORS,
        _("The governor asks the agency to look at it again."),
    ),
    Occasion(
        "planning.proposal.accept",
        Whom.AUTHORS,
        _("The agency accepted it. It waits for the ranking and for the governor."),
    ),
    Occasion("planning.proposal.local_accept", Whom.AUTHORS, _("The local government takes it up.")),
    Occasion("planning.proposal.decline", Whom.AUTHORS, _("It was declined.")),
    Occasion("planning.proposal.take_back_answer", Whom.AUTHORS, _ANSWER_TAKEN_BACK),
    Occasion("planning.proposal.take_back_decline", Whom.AUTHORS, _ANSWER_TAKEN_BACK),
    Occasion("planning.proposal.local_take_back_decline", Whom.AUTHORS, _ANSWER_TAKEN_BACK),
    Occasion(
        "planning.proposal.merge",
        Whom.AUTHORS,
        _("It was merged with others into one proposal. It stays to be read with its author."),
    ),
    Occasion(
        "planning.proposal.split",
        Whom.AUTHORS,
        _("It was split into several proposals. It stays to be read with its author."),
    ),
    Occasion("planning.proposal.take_apart", Whom.AUTHORS, _("Merging or splitting it was undone.")),
    Occasion("planning.proposal.include", Whom.AUTHORS, _("The governor included it in the plan.")),
    Occasion("planning.proposal.reserve", Whom.AUTHORS, _("The governor put it on the reserve list.")),
    Occasion(
        "planning.proposal.refuse",
        Whom.AUTHORS,
        _("The governor refused it; its needs wait for another proposal."),
    ),
    Occasion("planning.proposal.take_out", Whom.AUTHORS, _OUT_OF_THE_PLAN),
    Occasion("planning.proposal.take_out_ranked", Whom.AUTHORS, _OUT_OF_THE_PLAN),
    Occasion("planning.proposal.reconsider_refusal", Whom.AUTHORS, _("The governor considers it again.")),
)

_ROUTINGS = (
    Occasion(
        "planning.routing.accept",
        Whom.AUTHORS_IF_HELPER,
        _("An agency that was asked to help has agreed."),
    ),
    Occasion(
        "planning.routing.decline",
        Whom.AUTHORS_IF_HELPER,
        _("An agency that was asked to help has declined."),
    ),
    Occasion(
        "planning.routing.return",
        Whom.AUTHORS_IF_HELPER,
        _("An agency that was asked to help has returned it."),
    ),
)

_COMPLAINTS = (
    Occasion(
        of_complaints.ESCALATED,
        Whom.HIGHER_POST,
        _("The complaint %(name)s is late by %(days)s working days. Its page says at whom it waits."),
        title=_("Late: complaint %(name)s"),
    ),
    Occasion(
        of_complaints.URGED,
        Whom.WHO_OWES,
        _("You are asked to hurry with the complaint %(name)s. Its page says why, and by when."),
    ),
    Occasion(
        of_complaints.OFFICER_ASSIGNED,
        Whom.OFFICER,
        _("You look after the complaint %(name)s for your agency."),
    ),
)

_AWARDS = (
    Occasion(
        "awards.edition.open",
        Whom.MAY_ENTER,
        _("%(name)s takes entries from %(opens)s to %(closes)s, both days included."),
        title=_("Open for entries: %(name)s"),
    ),
    Occasion(
        "awards.edition.extend",
        Whom.MAY_ENTER,
        _("%(name)s takes entries for longer, until %(closes)s. Its page says why."),
        title=_("Extended: %(name)s"),
    ),
    Occasion(
        of_awards.JUDGES_ASSIGNED,
        Whom.JUDGES,
        _("Entries of %(name)s wait for your scores. They stand under “Entries to score”."),
        title=_("To be scored: %(name)s"),
    ),
    Occasion(
        "awards.entry.return",
        Whom.ENTRANTS,
        _("The organiser returned it. Please mend it and enter it again by %(due)s. Its page says why."),
    ),
    Occasion(
        of_awards.ENTRY_REMINDED,
        Whom.ENTRANTS,
        _(
            "It was returned to be mended by %(due)s and has not come back. Once judging begins it can no "
            "longer be entered. Its page says why it was returned."
        ),
        title=_("Please mend and enter again: %(name)s"),
    ),
    Occasion(
        "awards.entry.leave_out",
        Whom.ENTRANTS,
        _("Judging began without it: it was returned to be mended and had not come back."),
    ),
    Occasion("awards.entry.admit", Whom.ENTRANTS, _("It is eligible and will be judged.")),
    Occasion(
        "awards.entry.refuse", Whom.ENTRANTS, _("It is not eligible. Its page names the rule and the reason.")
    ),
    Occasion("awards.entry.reconsider", Whom.ENTRANTS, _("The organiser screens it again.")),
    Occasion(
        "awards.entry.award",
        Whom.ENTRANTS,
        _("The results are announced, and it won an award. Its page names the award."),
    ),
    Occasion(
        "awards.entry.pass_over",
        Whom.ENTRANTS,
        _("The results are announced. It won no award this time. Thank you for taking part."),
    ),
)

_INNOVATIONS = (
    Occasion(
        of_innovations.COOKBOOK_SENT,
        Whom.READERS,
        _(
            "The cookbook of “%(name)s” (%(agency)s) was sent to your agency. It says step by step how "
            "others can do the same. If your agency takes it up, please say so under “Who uses it”."
        ),
        title=_("Cookbook: %(name)s"),
        once=True,
    ),
    Occasion(
        of_innovations.LESSONS_WRITTEN,
        Whom.OWNER,
        _("%(agency)s tells what came of your innovation “%(name)s”. Its page holds result and lessons."),
        title=_("What others learned: %(name)s"),
    ),
    Occasion(
        "innovations.order.begin",
        Whom.RECEIVER,
        _(
            "%(giver)s asks your agency to follow up the innovation “%(name)s”. The page of the order says "
            "what is to be done, by %(due)s."
        ),
        title=_("Order: %(name)s"),
    ),
    Occasion(
        "innovations.order.report",
        Whom.GIVER,
        _("%(agency)s has reported on your order about “%(name)s”. Close it, or return the report."),
    ),
    Occasion(
        "innovations.order.return",
        Whom.RECEIVER,
        _("%(giver)s has returned your report about “%(name)s”. Please mend it and report again."),
    ),
    Occasion(
        "innovations.order.close",
        Whom.RECEIVER,
        _("%(giver)s has closed the order about “%(name)s”. Nothing more is to be done."),
    ),
    Occasion(
        "innovations.order.call_off",
        Whom.RECEIVER,
        _("%(giver)s has called the order about “%(name)s” off. You need not carry it out any more."),
    ),
)

_ALL = (*_CALLS, *_NEEDS, *_PROPOSALS, *_ROUTINGS, *_COMPLAINTS, *_INNOVATIONS, *_AWARDS)

OCCASIONS = {each.kind: each for each in _ALL}
"""Every occasion by its kind of entry; what is not here makes no letter."""
