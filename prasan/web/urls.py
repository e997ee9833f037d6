"""Every address of the site, by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("prasan.web.shell.urls")),
    path("accounts/", include("prasan.web.accounts.urls")),
    path("places/", include("prasan.web.places.urls")),
    path("", include("prasan.web.agencies.urls")),
    path("", include("prasan.web.planning.urls")),
    path("", include("prasan.web.complaints.urls")),
    path("", include("prasan.web.innovations.urls")),
    path("", include("prasan.web.awards.urls")),
    path("", include("prasan.web.linkage.urls")),
    path("", include("prasan.web.notices.urls")),
]

handler400 = "prasan.web.shell.views.bad_request"
handler403 = "prasan.web.shell.views.forbidden"
handler404 = "prasan.web.shell.views.not_found"
handler500 = "prasan.web.shell.views.fault"
