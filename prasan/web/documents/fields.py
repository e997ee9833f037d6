"""Fields of forms with which files come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class SeveralFilesInput(forms.ClearableFileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class SeveralFilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", SeveralFilesInput(attrs={"accept": "image/*"}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """The files that hold anything."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given if one]
