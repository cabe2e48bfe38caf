"""Addresses of people_search."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.people_search import views

urlpatterns = [
    path("c/<slug:community>/people/questions/", views.questions, name="questions"),
    path("c/<slug:community>/people/questions/keep/", views.keep_question, name="keep_question"),
    path(
        "c/<slug:community>/people/questions/take-out/", views.export_search, name="export_search"
    ),
    path("c/<slug:community>/people/questions/do/", views.do_together, name="do_together"),
    path("c/<slug:community>/people/questions/<uuid:question>/", views.question, name="question"),
    path(
        "c/<slug:community>/people/questions/<uuid:question>/drop/",
        views.drop_question,
        name="drop_question",
    ),
]
