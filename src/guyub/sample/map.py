"""Map in the sample community: the ties that people told of, brought in as a list."""

from __future__ import annotations

from collections.abc import Iterator

from guyub.core.action import Deed
from guyub.sample.community import SampleCommunity
from guyub.sample.timeline import Event, People, event


def events(sample: SampleCommunity, people: People) -> Iterator[Event]:
    """All ties in one entry, as if a spreadsheet were brought in on the day the work began."""
    ties = [
        {
            "from_person": people[row.source],
            "to_person": people[row.target],
            "kind": row.kind,
            "strength": row.strength,
            "reported_on": row.reported_on,
            "reported_by": row.reported_by,
        }
        for row in sample.ties
    ]
    yield event(sample.began, "sari", Deed(action="map.import_ties", data={"rows": ties}))
