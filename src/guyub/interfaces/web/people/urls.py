"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from guyub.interfaces.web.people import duplicates, views

urlpatterns = [
    path("c/<slug:community>/people/", views.people, name="people"),
    path("c/<slug:community>/people/new/", views.new_person, name="new_person"),
    path("c/<slug:community>/people/alike/", duplicates.alike, name="similar_names"),
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
    path("c/<slug:community>/people/<uuid:person>/", views.person, name="person"),
    path(
        "c/<slug:community>/people/<uuid:person>/change/", views.change_person, name="change_person"
    ),
    path("c/<slug:community>/people/<uuid:person>/journey/", views.journey, name="journey"),
    path("c/<slug:community>/people/<uuid:person>/around/", views.around, name="ego_network"),
    path("c/<slug:community>/people/<uuid:person>/observe/", views.observe, name="observe"),
]
