"""Addresses of account."""

from __future__ import annotations

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from guyub.interfaces.web.profile import views

urlpatterns = [
    path("log-in/", views.log_in, name="account_login"),
    path("log-out/", allauth.logout, name="account_logout"),
    path("closed/", allauth.account_inactive, name="account_inactive"),
    path("profile/", views.profile, name="profile"),
    path("profile/password/", allauth.password_change, name="account_change_password"),
    path("language/", login_not_required(set_language), name="language"),
    path("theme/", views.theme, name="theme"),
]
