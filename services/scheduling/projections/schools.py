"""The register of schools as it is known now, for search and overviews, with links and subscriptions."""

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Column, Date, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.times import BEFORE_RECORDS
from services.core.work import Work
from services.scheduling.events import (
    SchoolChanged,
    SchoolRegistered,
    SchoolsLinked,
    SchoolSubscribed,
    SubscriptionEnded,
)
from services.scheduling.search_words import start, words

_DATES = ("opened", "closed")
_NUMBERS = ("low_age", "high_age", "capacity", "pupils")
FIELDS = tuple(field for field in SchoolRegistered.__struct_fields__ if field != "urn")

_tables = MetaData()
school = Table(
    "school",
    _tables,
    Column("urn", Integer, primary_key=True),
    *(Column(field, Date if field in _DATES else Integer if field in _NUMBERS else String) for field in FIELDS),
    Column("laestab", String),
    Column("start", String),
    Column("words", String),
    Column("true_from", String),  # JSON: the day from which each changed field is true
)
link = Table(
    "link",
    _tables,
    Column("predecessor", Integer, primary_key=True),
    Column("successor", Integer, primary_key=True, index=True),
    Column("link_type", String, primary_key=True),
    Column("established", Date),
)
subscription = Table(
    "subscription",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("begins", Date),
    Column("ends", Date),
    Column("programme", String),
)
schools = Projection("scheduling.schools", version=2, tables=[school, link, subscription])


def _row(fields: dict[str, Any], true_from: dict[str, date]) -> dict[str, Any]:
    """A school's row from its fields and the days from which the changed ones are true."""
    laestab = f"{fields['la_code']}/{fields['establishment_number']}"
    places = [fields["town"], fields["postcode"], (fields["postcode"] or "").replace(" ", "")]
    return {
        **{field: fields[field] for field in ("urn", *FIELDS)},
        "laestab": laestab,
        "start": start(fields["name"]),
        "words": words(fields["name"], str(fields["urn"]), laestab, laestab.replace("/", ""), *places),
        "true_from": msgspec.json.encode(true_from).decode(),
    }


@schools.on(SchoolRegistered)
def _registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, **_row(msgspec.structs.asdict(event), {}))


@schools.on(SchoolChanged)
def _changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    """A field takes the value that is true from the latest day, which need not be the value recorded last."""
    row = work.row(school, (event.urn,))
    if row is None:
        raise LookupError(f"school {event.urn} changed before it was registered")
    day = recorded.metadata.effective_on
    true_from = msgspec.json.decode(row["true_from"], type=dict[str, date])
    newer = {field: value for field, value in event.changes().items() if day >= true_from.get(field, date.min)}
    work.put(school, **_row({**row, **newer}, {**true_from, **dict.fromkeys(newer, day)}))


@schools.on(SchoolsLinked)
def _linked(event: SchoolsLinked, recorded: RecordedEvent, work: Work) -> None:
    day = recorded.metadata.effective_on
    established = None if day == BEFORE_RECORDS else day
    work.put(link, **msgspec.structs.asdict(event), established=established)


@schools.on(SchoolSubscribed)
def _subscribed(event: SchoolSubscribed, recorded: RecordedEvent, work: Work) -> None:
    work.put(subscription, **msgspec.structs.asdict(event), ends=None)


@schools.on(SubscriptionEnded)
def _subscription_ended(event: SubscriptionEnded, recorded: RecordedEvent, work: Work) -> None:
    work.change(subscription, (event.urn, event.year), ends=event.ends)
