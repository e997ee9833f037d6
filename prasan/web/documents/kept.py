"""Forms whose files are kept while the rest is still asked about, so that nobody chooses them twice."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from prasan.documents.actions import GRACE, store
from prasan.documents.models import File
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.web.documents.fields import SeveralFilesField

_SALT = "prasan.web.documents.kept"
_WORD = 200


class KeptFilesForm(forms.Form):
    """A form with files; what was sent with it once comes back with it in a signed word.

    A file is stored as soon as it is sent, and goes by itself where no act links it within some hours.
    """

    most_files = 5
    allowed_files: tuple[File.Kind, ...] = (File.Kind.IMAGE,)

    pictures = SeveralFilesField(
        label=_("Photographs"),
        required=False,
        help_text=_(
            "Up to five, also straight from the camera. Where a picture was taken is removed from it."
        ),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    files_kept: list[tuple[File, str]]

    def clean(self) -> dict[str, Any]:
        """Store what was sent, and take up what came before; what cannot be read is told, the rest stays."""
        cleaned = super().clean() or self.cleaned_data
        self.files_kept, are_gone = _kept_before(cleaned.get("kept", ""))
        if are_gone:
            fault = _("The photographs were sent too long ago. Please choose them again.")
            self.add_error("pictures", forms.ValidationError(fault))
        known = {file.pk for file, _name in self.files_kept}
        for sent in cleaned.get("pictures") or []:
            if len(known) >= self.most_files:
                fault = _("Please choose %(most)d photographs or fewer.")
                self.add_error("pictures", forms.ValidationError(fault, params={"most": self.most_files}))
                break
            self._store(sent, known)
        self._give_back()
        return cleaned

    def _store(self, sent: UploadedFile[bytes], known: set[int]) -> None:
        name = clean(sent.name or "")[:_WORD]
        try:
            file = store(cast(BinaryIO, sent), name=name, allowed=self.allowed_files)
        except Refused as refusal:
            self.add_error("pictures", str(refusal))
            return
        if file.pk not in known:
            known.add(file.pk)
            self.files_kept.append((file, name))

    def _give_back(self) -> None:
        """Should the form be shown again, it holds the word of what is stored, and says so."""
        given = cast(QueryDict, self.data).copy()
        word = [[file.pk, name] for file, name in self.files_kept]
        given[self.add_prefix("kept")] = signing.dumps(word, salt=_SALT, compress=True) if word else ""
        self.data = given
        if word:
            said = _("Attached already: %(names)s. You can add more.")
            names = ", ".join(name for _file, name in self.files_kept)
            # Pages show a hint as it is, and a file may be called anything.
            self["pictures"].help_text = escape(said % {"names": names})


def _kept_before(word: str) -> tuple[list[tuple[File, str]], bool]:
    """The files of a word that we signed, as far as they are there, and whether any is there no more."""
    if not word:
        return [], False
    try:
        told = signing.loads(word, salt=_SALT, max_age=GRACE)
    except signing.SignatureExpired:
        return [], True
    except signing.BadSignature:
        return [], False
    files = File.objects.in_bulk([pk for pk, _name in told])
    return [(files[pk], name) for pk, name in told if pk in files], len(files) < len(told)
