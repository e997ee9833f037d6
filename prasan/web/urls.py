"""Every address of the site, by room."""

from importlib.util import find_spec

from django.urls import include, path

ROOMS = (
    ("", "prasan.web.shell.urls"),
    ("accounts/", "prasan.web.accounts.urls"),
    ("places/", "prasan.web.places.urls"),
    ("", "prasan.web.agencies.urls"),
    ("", "prasan.web.planning.urls"),
)


def _built(module):
    try:
        return find_spec(module)
    except ModuleNotFoundError:
        return None


urlpatterns = [path(prefix, include(module)) for prefix, module in ROOMS if _built(module)]

handler400 = "prasan.web.shell.views.bad_request"
handler403 = "prasan.web.shell.views.forbidden"
handler404 = "prasan.web.shell.views.not_found"
handler500 = "prasan.web.shell.views.fault"
