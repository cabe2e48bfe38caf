"""Addresses of phone."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.phone import views

urlpatterns = [
    path("c/<slug:community>/phone/", views.phone, name="phone"),
    path("c/<slug:community>/phone/worker.js", views.phone_worker, name="phone_worker"),
    path(
        "c/<slug:community>/phone/manifest.webmanifest", views.phone_manifest, name="phone_manifest"
    ),
]
