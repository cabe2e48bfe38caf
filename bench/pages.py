"""How long the server takes for a page where 100,000 people and 500,000 ties are noted.

python -m bench.pages           (`make bench` runs it on SQLite and on PostgreSQL)
"""

from __future__ import annotations

import time
import uuid

from bench.district import PEOPLE, TIES, found_district
from bench.installation import installation
from bench.page_times import page_row


def main() -> None:
    """Set up and measure."""
    with installation("pages"):
        from guyub.interfaces.cli.installation import open_installation, prepare_tables

        open_installation()
        prepare_tables()
        from django.db import connection

        print(f"\nPages: {PEOPLE:,} people, {TIES:,} ties, {connection.vendor}", flush=True)
        begin = time.perf_counter()
        people = found_district().people
        print(f"  (filled in {time.perf_counter() - begin:.0f} s)", flush=True)
        if connection.vendor == "postgresql":
            # What its own housekeeping does within a minute.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        _measure(people[0].pk, people[PEOPLE // 2].pk)


def _measure(well_known: uuid.UUID, ordinary: uuid.UUID) -> None:
    from django.test import Client

    from guyub.core.actor import actor_in
    from guyub.core.models import Account, Community
    from guyub.cycle.listen import queries as listen

    account = Account.objects.get(username="bench")
    client = Client(headers={"accept-language": "id"}, SERVER_NAME="localhost")
    client.force_login(account)
    actor = actor_in(account, "bench")
    later = listen.people(actor, limit=PEOPLE * 7 // 10).next
    place = Community.objects.get(name="Desa 7").pk
    people = "/c/bench/people/"
    for label, address in (
        ("people, first page", people),
        ("people, a later page", f"{people}?after={later}"),
        ("search: many (sant)", f"{people}?text=sant"),
        ("search: few (kartini santoso 97)", f"{people}?text=kartini+santoso+97"),
        ("search: nobody (zulkifli)", f"{people}?text=zulkifli"),
        ("people of one place", f"{people}?community={place}"),
        ("people of a group", f"{people}?group=Yasinan"),
        ("people of a stance: many (3)", f"{people}?stance=3"),
        ("people of a stance: few (5)", f"{people}?stance=5"),
        ("person with 600 ties", f"{people}{well_known}/"),
        ("person, ordinary", f"{people}{ordinary}/"),
        ("form to change a person", f"{people}{ordinary}/change/"),
        ("start, with a plan", "/c/bench/start/"),
    ):
        page_row(client, label, address)


if __name__ == "__main__":
    main()
