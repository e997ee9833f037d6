"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

PROGRAMME_FOUNDED = Event("awards.programme.founded", _("Programme of awards entered"), public=True)
PROGRAMMES_LOADED = Event("awards.programme.loaded", _("Programme taken in from its source"), public=True)
RULES_WRITTEN = Event("awards.ruleset.written", _("Rules of eligibility written"), public=True)
TERMS_WRITTEN = Event("awards.edition.terms_written", _("Terms of the edition written"))
ROUND_BEGUN = Event("awards.edition.round_begun", _("Round of judging begun"), public=True)
CEREMONY_SET = Event("awards.edition.ceremony_set", _("Day of the ceremony set"), public=True)
SIGNERS_SET = Event("awards.edition.signers_set", _("Signers of the certificates named"), public=True)
SIGNER_MENDED = Event("awards.edition.signer_mended", _("Slip in the name of a signer mended"), public=True)
CERTIFICATES_ORDERED = Event("awards.certificates.ordered", _("File of certificates ordered"))
CERTIFICATES_CANCELLED = Event("awards.certificates.cancelled", _("File of certificates given up"))
CERTIFICATES_MADE = Event("awards.certificates.made", _("File of certificates made"))
ENTRY_CHANGED = Event("awards.entry.changed", _("Entry changed"))
ENTRY_REMINDED = Event("awards.entry.reminded", _("Agency reminded of the returned entry"))
PANEL_MADE = Event("awards.panel.made", _("Panel made"))
JUDGE_SEATED = Event("awards.judge.seated", _("Judge seated"))
JUDGE_UNSEATED = Event("awards.judge.unseated", _("Judge taken off the panel"))
TIE_STATED = Event("awards.tie.stated", _("Tie stated"))
TIE_WITHDRAWN = Event("awards.tie.withdrawn", _("Stated tie withdrawn"))
CONFLICTS_FOUND = Event("awards.edition.conflicts_found", _("Conflicts of interest looked for"))
JUDGES_ASSIGNED = Event("awards.edition.judges_assigned", _("Entries assigned to judges"))
SCORES_KEPT = Event("awards.sheet.kept", _("Score sheet kept, not handed in"))
PRESENTATION_SET = Event("awards.presentation.set", _("Presentation put on the timetable"))
PRESENTATION_REMOVED = Event("awards.presentation.removed", _("Presentation taken off the timetable"))
