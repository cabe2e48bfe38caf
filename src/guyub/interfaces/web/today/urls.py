"""Addresses of today."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.today import across, suggestions, views

urlpatterns = [
    path("today/", across.my_today, name="my_today"),
    path("c/<slug:community>/today/", views.today, name="today"),
    path("c/<slug:community>/today/<uuid:visit>/", views.settle_visit, name="settle_visit"),
    path(
        "c/<slug:community>/promises/<uuid:promise>/", views.settle_promise, name="settle_promise"
    ),
    path(
        "c/<slug:community>/today/people/<uuid:person>/",
        suggestions.answer_suggestion,
        name="answer_suggestion",
    ),
]
