"""Addresses of team."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.team import views

urlpatterns = [
    path("c/<slug:community>/members/", views.members, name="members"),
    path("c/<slug:community>/members/new/", views.new_account, name="new_account"),
    path("c/<slug:community>/members/<uuid:membership>/", views.member, name="member"),
    path(
        "c/<slug:community>/members/<uuid:membership>/withdraw/",
        views.withdraw_role,
        name="withdraw_role",
    ),
    path(
        "c/<slug:community>/members/<uuid:membership>/password/",
        views.new_password,
        name="new_password",
    ),
]
