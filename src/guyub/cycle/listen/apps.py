from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# How the large tables look in a district of 100,000 people and twenty communities after three years
# of work: ten encounters with each person, for some of them a concern, a promise, a judgement. For
# each index the rows in all, then those alike in its first column, in its first two…
EXPECTED_ROWS: dict[str, dict[tuple[str, ...], str]] = {
    "listen_person": {
        ("community_id",): "100000 5000",
        ("community_id", "name", "id"): "100000 5000 2 1",
        ("community_id", "reference"): "100000 5000 1",
        ("community_id", "called"): "100000 5000 2",
        ("groups", "community_id", "withdrawn_in_id"): "60000 600 30 30",
        ("name", "id", "community_id", "searched", "gender", "groups", "withdrawn_in_id"): (
            "100000 2 1 1 1 1 1 1"
        ),
        ("household_id",): "100000 4",
        ("stated_in_id",): "100000 1000",
        ("id",): "100000 1",
    },
    "listen_encounter": {
        ("community_id",): "1000000 50000",
        ("community_id", "held_on", "id"): "1000000 50000 50 1",
        ("meeting_id",): "1000000 1000",
        ("stated_in_id",): "1000000 1",
        ("id",): "1000000 1",
    },
    "listen_participation": {
        ("community_id",): "1200000 60000",
        ("encounter_id", "person_id", "part"): "1200000 2 1 1",
        ("encounter_id",): "1200000 2",
        ("person_id",): "1200000 12",
        ("brought_by_id",): "1200000 1000",
        ("stated_in_id",): "1200000 2",
        ("id",): "1200000 1",
    },
    "listen_concern": {
        ("community_id",): "200000 10000",
        ("person_id",): "200000 2",
        ("encounter_id",): "200000 1",
        ("stated_in_id",): "200000 1",
        ("id",): "200000 1",
    },
    "listen_promise": {
        ("community_id",): "250000 12500",
        (
            "community_id",
            "due_on",
            "made_on",
            "id",
            "by_worker",
            "person_id",
            "stated_in_id",
            "withdrawn_in_id",
        ): "250000 12500 12 2 1 1 1 1 1",
        ("person_id",): "250000 3",
        ("decision_id",): "250000 20",
        ("stated_in_id",): "250000 1",
        ("id",): "250000 1",
    },
    "listen_promiseoutcome": {
        ("community_id",): "240000 12000",
        ("community_id", "promise_id", "withdrawn_in_id"): "240000 12000 1 1",
        ("promise_id",): "240000 1",
        ("stated_in_id",): "240000 1",
        ("id",): "240000 1",
    },
    "listen_observation": {
        ("community_id",): "300000 15000",
        ("person_id",): "300000 3",
        ("person_id", "trait", "observed_on"): "300000 3 1 1",
        ("observer_id",): "300000 7000",
        ("stated_in_id",): "300000 2",
        ("id",): "300000 1",
    },
    "listen_plannedvisit": {
        ("community_id",): "20000 1000",
        ("worker_id",): "20000 500",
        ("worker_id", "planned_on"): "20000 500 2",
        ("person_id",): "20000 1",
        ("stated_in_id",): "20000 20",
        ("id",): "20000 1",
    },
    "listen_visitoutcome": {
        ("community_id",): "20000 1000",
        ("visit_id",): "20000 1",
        ("stated_in_id",): "20000 1",
        ("id",): "20000 1",
    },
}


class ListenConfig(AppConfig):
    name = "guyub.cycle.listen"
    label = "listen"

    def ready(self) -> None:
        post_migrate.connect(_foretell, sender=self)


def _foretell(using: str, **_: Any) -> None:
    from guyub.core.sqlite_statistics import foretell

    for table, statistics in EXPECTED_ROWS.items():
        foretell(using, table, statistics)
