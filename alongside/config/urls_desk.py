"""Every address of the host of caseworkers and lawyers. Another door's pages are not among them."""

from django.urls import include, path

urlpatterns = [path("", include("alongside.doors.desk.urls"))]

handler400 = "alongside.config.views.not_found"
handler403 = "alongside.config.views.not_found"
handler404 = "alongside.config.views.not_found"
handler500 = "alongside.config.views.failed"
