"""Addresses of plan."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.plan import (
    calibration,
    hear_first,
    outcomes,
    plan_notes,
    survey_next,
    views,
)

urlpatterns = [
    path("c/<slug:community>/start/", views.start, name="start"),
    path("c/<slug:community>/start/table/", views.start_table, name="start_table"),
    path("c/<slug:community>/start/ask/", survey_next.survey_next, name="survey_next"),
    path("c/<slug:community>/start/follow/", views.start_follow, name="plan_timeline"),
    path("c/<slug:community>/start/hear/", hear_first.plan_hearing, name="plan_hearing"),
    path("c/<slug:community>/start/outcomes/", outcomes.note_outcome, name="note_outcome"),
    path("c/<slug:community>/start/worked/", calibration.did_it_work, name="did_it_work"),
    path("c/<slug:community>/start/decide/", plan_notes.decide_plan, name="decide_plan"),
    path("c/<slug:community>/start/exchange/", plan_notes.exchange_person, name="exchange_person"),
    path("c/<slug:community>/start/debrief/", plan_notes.debrief_plan, name="debrief_plan"),
    path("c/<slug:community>/start/visits/", views.start_visits, name="start_visits"),
]
