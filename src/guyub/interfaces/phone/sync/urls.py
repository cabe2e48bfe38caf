"""The addresses of phones, each inside a community."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.phone.sync import views

urlpatterns = [
    path("c/<slug:community>/sync/device/", views.device, name="sync_device"),
    path("c/<slug:community>/sync/push/", views.push, name="sync_push"),
    path("c/<slug:community>/sync/pull/", views.pull, name="sync_pull"),
    path("c/<slug:community>/sync/digest/", views.digest, name="sync_digest"),
]
