"""Addresses of log."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.log import views

urlpatterns = [
    path("c/<slug:community>/undo/", views.undo, name="undo"),
    path("c/<slug:community>/log/", views.log, name="log"),
]
