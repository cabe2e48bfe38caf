"""The addresses of the shell. Addresses are not translated."""

from __future__ import annotations

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from guyub.interfaces.web.views import (
    bring_in,
    communities,
    duplicates,
    gallery,
    health,
    jobs,
    log,
    members,
    note,
    people,
    profile,
    rights,
    start,
    suggestions,
    take_out,
    today,
)

urlpatterns = [
    path("", communities.home, name="home"),
    path("log-in/", allauth.login, name="account_login"),
    path("log-out/", allauth.logout, name="account_logout"),
    path("closed/", allauth.account_inactive, name="account_inactive"),
    path("profile/", profile.profile, name="profile"),
    path("profile/password/", allauth.password_change, name="account_change_password"),
    path("language/", login_not_required(set_language), name="language"),
    path("theme/", profile.theme, name="theme"),
    path("health", health.health, name="health"),
    path("components/", gallery.gallery, name="components"),
    path("c/<slug:community>/", communities.community, name="community"),
    path("c/<slug:community>/today/", today.today, name="today"),
    path("c/<slug:community>/today/<uuid:visit>/", today.settle_visit, name="settle_visit"),
    path(
        "c/<slug:community>/promises/<uuid:promise>/",
        today.settle_promise,
        name="settle_promise",
    ),
    path("c/<slug:community>/note/", note.note, name="note"),
    path(
        "c/<slug:community>/today/people/<uuid:person>/",
        suggestions.answer_suggestion,
        name="answer_suggestion",
    ),
    path("c/<slug:community>/start/", start.start, name="start"),
    path("c/<slug:community>/start/table/", start.start_table, name="start_table"),
    path("c/<slug:community>/start/visits/", start.start_visits, name="start_visits"),
    path("c/<slug:community>/bring-in/", bring_in.bring_in, name="bring_in"),
    path("c/<slug:community>/bring-in/<token>/", bring_in.look_at_lists, name="look_at_lists"),
    path(
        "c/<slug:community>/bring-in/<token>/forget/",
        bring_in.forget_lists,
        name="forget_lists",
    ),
    path("c/<slug:community>/take-out/", take_out.take_out, name="take_out"),
    path("c/<slug:community>/people/", people.people, name="people"),
    path("c/<slug:community>/people/new/", people.new_person, name="new_person"),
    path("c/<slug:community>/rights/", rights.requests, name="requests"),
    path("c/<slug:community>/rights/<uuid:asked>/", rights.settle_request, name="settle_request"),
    path("c/<slug:community>/people/alike/", duplicates.alike, name="alike"),
    path("c/<slug:community>/people/duplicates/", duplicates.duplicates, name="duplicates"),
    path(
        "c/<slug:community>/people/<uuid:person>/merge/<uuid:other_person>/",
        duplicates.merge,
        name="merge",
    ),
    path(
        "c/<slug:community>/people/<uuid:person>/apart/<uuid:other_person>/",
        duplicates.tell_apart,
        name="tell_apart",
    ),
    path("c/<slug:community>/people/<uuid:person>/rights/", rights.rights, name="rights"),
    path("c/<slug:community>/people/<uuid:person>/rights/consent/", rights.consent, name="consent"),
    path("c/<slug:community>/people/<uuid:person>/rights/ask/", rights.ask, name="ask"),
    path("c/<slug:community>/people/<uuid:person>/rights/protect/", rights.protect, name="protect"),
    path("c/<slug:community>/people/<uuid:person>/rights/data/", rights.own_data, name="own_data"),
    path("c/<slug:community>/people/<uuid:person>/rights/erase/", rights.erase, name="erase"),
    path(
        "c/<slug:community>/people/<uuid:person>/rights/mentions/",
        rights.mentions,
        name="mentions",
    ),
    path("c/<slug:community>/people/<uuid:person>/", people.person, name="person"),
    path(
        "c/<slug:community>/people/<uuid:person>/change/",
        people.change_person,
        name="change_person",
    ),
    path("c/<slug:community>/people/<uuid:person>/around/", people.around, name="around"),
    path("c/<slug:community>/people/<uuid:person>/observe/", people.observe, name="observe"),
    path("c/<slug:community>/people/<uuid:person>/tie/", people.tie, name="tie"),
    path("c/<slug:community>/new/", communities.new_community, name="new_community"),
    path("c/<slug:community>/undo/", log.undo, name="undo"),
    path("c/<slug:community>/jobs/<uuid:job>/", jobs.job, name="job"),
    path("c/<slug:community>/log/", log.log, name="log"),
    path("c/<slug:community>/members/", members.members, name="members"),
    path("c/<slug:community>/members/new/", members.new_account, name="new_account"),
    path("c/<slug:community>/members/<uuid:membership>/", members.member, name="member"),
    path(
        "c/<slug:community>/members/<uuid:membership>/withdraw/",
        members.withdraw_role,
        name="withdraw_role",
    ),
    path(
        "c/<slug:community>/members/<uuid:membership>/password/",
        members.new_password,
        name="new_password",
    ),
]
