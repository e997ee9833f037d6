"""Addresses of places."""

from django.urls import path, re_path

from prasan.web.places import views
from prasan.web.planning.views import overview

app_name = "places"
CODE = r"(?P<code>[0-9๐-๙]{2}(?:[0-9๐-๙]{2}){0,3})"
urlpatterns = [
    path("", views.country, name="country"),
    path("find/", views.find, name="find"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("point/", views.point, name="point"),
    path("outlines.json", views.outlines, name="country-outlines"),
    path("overview/", overview.overview_page, name="country-overview"),
    re_path(rf"^{CODE}/$", views.area, name="area"),
    re_path(rf"^{CODE}/overview/$", overview.overview_page, name="overview"),
    re_path(rf"^{CODE}/bodies/$", views.bodies, name="bodies"),
    re_path(rf"^{CODE}/outlines\.json$", views.outlines, name="outlines"),
    re_path(rf"^{CODE}/points\.json$", views.points, name="points"),
]
