"""Log-in: accounts are opened by a colleague, and a mistyped password gets a helpful word."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from guyub.interfaces.web.frame.navigation import remember_language


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody signs up by themselves, and the words are ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait five minutes, then try again. If you forgot your "
            "password, ask your coordinator for a new one."
        ),
        "username_password_mismatch": _(
            "The log-in name and password do not match. Check whether Caps Lock is on, or "
            "ask your coordinator for a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A colleague opens the account, never a stranger."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Go on in the language of the account."""
        response = super().post_login(request, user, **details)
        remember_language(response, user.language)
        return response
