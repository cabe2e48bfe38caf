"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.imports import views

urlpatterns = [
    path("c/<slug:community>/bring-in/", views.bring_in, name="bring_in"),
    path("c/<slug:community>/bring-in/<token>/", views.look_at_lists, name="look_at_lists"),
    path("c/<slug:community>/bring-in/<token>/forget/", views.forget_lists, name="forget_lists"),
]
