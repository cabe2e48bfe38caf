"""Addresses of rights."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.rights import views

urlpatterns = [
    path("c/<slug:community>/rights/", views.requests, name="requests"),
    path("c/<slug:community>/rights/<uuid:asked>/", views.settle_request, name="settle_request"),
    path("c/<slug:community>/people/<uuid:person>/rights/", views.rights, name="rights"),
    path("c/<slug:community>/people/<uuid:person>/rights/consent/", views.consent, name="consent"),
    path("c/<slug:community>/people/<uuid:person>/rights/ask/", views.ask, name="ask"),
    path("c/<slug:community>/people/<uuid:person>/rights/protect/", views.protect, name="protect"),
    path("c/<slug:community>/people/<uuid:person>/rights/data/", views.own_data, name="own_data"),
    path("c/<slug:community>/people/<uuid:person>/rights/erase/", views.erase, name="erase"),
    path(
        "c/<slug:community>/people/<uuid:person>/rights/mentions/", views.mentions, name="mentions"
    ),
]
