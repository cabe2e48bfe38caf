"""Addresses of bridges."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.bridges import views

urlpatterns = [
    path("c/<slug:community>/start/bridges/", views.bridges, name="bridges"),
    path("c/<slug:community>/start/bridges/visit/", views.introduce, name="introduce"),
]
