"""All addresses: the shell of the web interface owns the top, each step its own below."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("guyub.interfaces.web.urls")),
    path("", include("guyub.interfaces.phone.urls")),
    path("", include("guyub.interfaces.phone.sync.urls")),
]

handler400 = "guyub.interfaces.web.frame.errors.bad_request"
handler403 = "guyub.interfaces.web.frame.errors.forbidden"
handler404 = "guyub.interfaces.web.frame.errors.not_found"
handler500 = "guyub.interfaces.web.frame.errors.server_error"
# Asked for by allauth, which counts the attempts.
handler429 = "guyub.interfaces.web.frame.errors.too_many_requests"
