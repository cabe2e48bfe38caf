"""Addresses of communities."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.communities import views

urlpatterns = [
    path("", views.home, name="home"),
    path("found/", views.found, name="found"),
    path("c/<slug:community>/", views.community, name="community"),
    path("c/<slug:community>/counted/", views.counted, name="counted"),
    path("c/<slug:community>/new/", views.new_community, name="new_community"),
]
