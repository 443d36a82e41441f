"""Every address of the person's host: neutral, with nothing typed in it."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.doors.entry.urls")),
    path("", include("alongside.doors.open.urls")),
]

handler400 = "alongside.config.views.not_found"
handler403 = "alongside.config.views.not_found"
handler404 = "alongside.config.views.not_found"
handler500 = "alongside.config.views.failed"
