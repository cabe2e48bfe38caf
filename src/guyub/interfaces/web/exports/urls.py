"""Addresses of exports."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.exports import views

urlpatterns = [
    path("c/<slug:community>/take-out/", views.export_people, name="export_people"),
    path("c/<slug:community>/taken-out/<uuid:job>/", views.fetch, name="export_file"),
]
