"""Addresses of ties."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.ties import views

urlpatterns = [
    path("c/<slug:community>/people/<uuid:person>/tie/", views.tie, name="tie"),
]
