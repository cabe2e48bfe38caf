"""Addresses of the gallery."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.gallery import views

urlpatterns = [path("components/", views.gallery, name="components")]
