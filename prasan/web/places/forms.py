"""What pages of places take in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PointForm(forms.Form):
    """A point in degrees, inside a box around the country."""

    lat = forms.FloatField(label=_("latitude"), min_value=5, max_value=21)
    lon = forms.FloatField(label=_("longitude"), min_value=97, max_value=106)
