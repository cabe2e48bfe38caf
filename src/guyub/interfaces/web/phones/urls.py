"""Addresses of phones."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.phones import views

urlpatterns = [
    path("c/<slug:community>/phones/", views.phones, name="phones"),
    path("c/<slug:community>/phones/switch/", views.switch_offline, name="switch_offline"),
    path(
        "c/<slug:community>/phones/<uuid:device>/revoke/", views.revoke_phone, name="revoke_phone"
    ),
    path("c/<slug:community>/phones/sent/", views.sent, name="sent_entries"),
    path("c/<slug:community>/phones/sent/<uuid:sent>/", views.settle_sent, name="settle_sent"),
]
