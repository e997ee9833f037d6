"""How forms are shown: label above, hint under it, the fault beside the field and in a summary on top."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, Widget, widgets
from django.forms.renderers import TemplatesSetting

_CLASSES: tuple[tuple[type[Widget], str], ...] = (
    (widgets.CheckboxSelectMultiple, "form-check-input"),
    (widgets.RadioSelect, "form-check-input"),
    (widgets.CheckboxInput, "form-check-input"),
    (widgets.Select, "form-select"),
    (widgets.Input, "form-control"),
    (widgets.Textarea, "form-control"),
    (widgets.MultiWidget, "form-control short"),
)


class Field(BoundField):
    """A field of a form, with the classes and shape by which the style sheet knows it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Attributes of the widget, with its class; a field in error is marked for eyes and ears."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        look = next((look for kind, look in _CLASSES if isinstance(widget, kind)), "")
        given = (str(widget.attrs.get("class", "")), "is-invalid" if self.errors else "")
        attrs["class"] = " ".join(part for part in (look, *given) if part)
        if widget.attrs.get("placeholder") == self.label:
            attrs["placeholder"] = False  # left out: it would only repeat the label
        return attrs

    @property
    def shape(self) -> str:
        """How the field is laid out: `box` (one tick), `choices` (a group) or `line`."""
        if isinstance(self.field.widget, widgets.CheckboxInput):
            return "box"
        return "choices" if self.use_fieldset else "line"

    @property
    def first_id(self) -> str:
        """The id of what a link to the field should focus: of a group, its first choice or part."""
        if isinstance(self.field.widget, widgets.MultiWidget):
            return f"{self.auto_id}_0"
        if self.shape == "choices" and self.subwidgets:
            return str(self.subwidgets[0].id_for_label)
        return str(self.id_for_label)


class Renderer(TemplatesSetting):
    """Shows every form through the templates in parts/."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
    bound_field_class = Field
