"""Addresses of concerns."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.concerns import views

urlpatterns = [
    path("c/<slug:community>/moving/", views.themes, name="themes"),
    path("c/<slug:community>/moving/concerns/", views.concerns, name="concerns"),
    path("c/<slug:community>/moving/<uuid:theme>/", views.theme, name="theme_of_concerns"),
    path("c/<slug:community>/moving/<uuid:theme>/drop/", views.drop_theme, name="drop_theme"),
]
