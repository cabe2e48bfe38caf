"""Addresses of conversation."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.conversation import views

urlpatterns = [
    path("c/<slug:community>/note/", views.note, name="note"),
]
