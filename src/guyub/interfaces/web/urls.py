"""The addresses of all families of pages. Addresses are not translated."""

from __future__ import annotations

from django.urls import include, path

from guyub.interfaces.web import FAMILIES

urlpatterns = [path("", include(f"guyub.interfaces.web.{family}.urls")) for family in FAMILIES]
