"""What the form and the page of a proposal show of the files that its call asks for."""

from __future__ import annotations

from prasan.accounts.models import User
from prasan.planning.models import Proposal
from prasan.planning.queries import areas_of_work, call_for_entry, kinds_asked
from prasan.web.planning.forms import ProposalForm


def files_asked_of(
    proposal: Proposal, *, kind: str | None = None, has_page: bool = True
) -> dict[str, object]:
    """The call that the proposal goes to and its files by kind of project; nothing where it asks for none."""
    call = proposal.call
    if call is None or call.fiscal_year != proposal.fiscal_year:
        call = call_for_entry(proposal)
    if call is None:
        return {}
    return {
        "asked_call": call,
        "kinds_asked": kinds_asked(call, proposal, kind=kind),
        "has_page": has_page,
    }


def files_asked_by_form(
    form: ProposalForm, *, by: User, proposal: Proposal | None = None
) -> dict[str, object]:
    """As `files_asked_of`, of what stands in the form by now: its year and kind of project."""
    year, kind = str(form["fiscal_year"].value()), str(form["kind"].value() or "")
    area = proposal.area if proposal is not None else next(iter(areas_of_work(by)), None)
    offered = {str(code): code for code, _label in form.years}
    if area is None or year not in offered:
        return {}
    about = Proposal(
        pk=proposal.pk if proposal is not None else None,
        call=proposal.call if proposal is not None else None,
        area=area,
        fiscal_year=offered[year],
    )
    return files_asked_of(about, kind=kind, has_page=proposal is not None)
