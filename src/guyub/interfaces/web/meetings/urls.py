"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.meetings import calendar, views

urlpatterns = [
    path("c/<slug:community>/calendar/", calendar.calendar, name="calendar"),
    path("c/<slug:community>/calendar/link/", calendar.calendar_link, name="calendar_link"),
    path("calendar/<secret>.ics", calendar.feed, name="calendar_feed"),
    path("c/<slug:community>/attendance/", views.attendance, name="attendance"),
    path("c/<slug:community>/meetings/new/", views.new_meeting, name="new_meeting"),
    path("c/<slug:community>/meetings/<uuid:meeting>/", views.meeting, name="meeting"),
    path(
        "c/<slug:community>/meetings/<uuid:meeting>/change/",
        views.change_meeting,
        name="change_meeting",
    ),
    path(
        "c/<slug:community>/meetings/<uuid:meeting>/cancel/",
        views.cancel_meeting,
        name="cancel_meeting",
    ),
    path(
        "c/<slug:community>/meetings/<uuid:meeting>/begin/",
        views.begin_meeting,
        name="begin_meeting",
    ),
    path("c/<slug:community>/meetings/<uuid:meeting>/invite/", views.invite, name="invite"),
    path("c/<slug:community>/meetings/<uuid:meeting>/arrive/", views.arrive, name="arrive"),
    path("c/<slug:community>/meetings/<uuid:meeting>/newcomer/", views.newcomer, name="newcomer"),
    path(
        "c/<slug:community>/meetings/<uuid:meeting>/take-back/",
        views.take_back,
        name="take_back_arrival",
    ),
    path("c/<slug:community>/meetings/<uuid:meeting>/minutes/", views.minutes, name="minutes"),
    path("c/<slug:community>/meetings/<uuid:meeting>/decide/", views.decide, name="decide"),
    path(
        "c/<slug:community>/meetings/<uuid:meeting>/sheet/",
        views.sign_in_sheet,
        name="sign_in_sheet",
    ),
]
