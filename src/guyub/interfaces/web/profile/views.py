"""One's own name, language and look."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from guyub.core.actor import actor_in
from guyub.core.models import Account
from guyub.core.queries import homes
from guyub.interfaces.web.frame.navigation import remember_language, remember_theme
from guyub.interfaces.web.frame.responses import PageRequest, attempt, render
from guyub.interfaces.web.profile.forms import ProfileForm


class LogInView(LoginView):
    """allauth's page; where nobody can log in yet it says what to do about that."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Also whether there is an account at all."""
        return super().get_context_data(**named) | {"nobody_yet": not Account.objects.exists()}


log_in = LogInView.as_view()


@require_http_methods(["GET", "POST"])
def profile(request: PageRequest) -> HttpResponse:
    """Change how one is called and in which language one reads."""
    roles = homes(request.user)
    own = {"name": request.user.name, "language": request.user.language}
    form = ProfileForm(request.POST or None, initial=own)
    if roles and form.is_valid():
        # The deed stands in the log of the first community in which this person acts.
        request.actor = actor_in(request.user, roles[0].slug)
        if attempt(form, "core.change_own_profile", request):
            return _changed(request, form.cleaned_data["language"])
    return render(request, "profile/profile.html", {"form": form, "roles": roles})


def _changed(request: PageRequest, language: str) -> HttpResponse:
    response = redirect("profile")
    remember_language(response, language)
    with override(language or None):
        messages.success(request, _("Your profile is saved."))
    return response


@login_not_required
@require_POST
def theme(request: PageRequest) -> HttpResponse:
    """Choose light, dark, or what the device says."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if safe else resolve_url("home"))
    remember_theme(response, request.POST.get("theme", ""))
    return response
