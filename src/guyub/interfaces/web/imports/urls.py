"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.imports import views

urlpatterns = [
    path("c/<slug:community>/bring-in/", views.send_lists, name="import_lists"),
    path("c/<slug:community>/bring-in/<token>/", views.preview_lists, name="import_preview"),
    path("c/<slug:community>/bring-in/<token>/forget/", views.discard_lists, name="discard_import"),
]
