"""Addresses of frame."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.frame import health, job_page

urlpatterns = [
    path("health", health.health, name="health"),
    path("c/<slug:community>/jobs/<uuid:job>/", job_page.job, name="job"),
]
