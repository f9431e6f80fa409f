"""A whole command: read a stream of ten events, fold it, decide, append."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from services.core.deciders import Context, handle
from services.core.envelope import prepare
from services.core.sqlite_log import SqliteLog
from tests.bench.commands import SCHOOLS, NoteVisit
from tests.bench.events import fields_of, metadata, visit_noted
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.peer import School, Schools
from tests.bench.sizes import Sizes

LENGTH = 10
TODAY = Context(datetime(2022, 9, 1, 12, tzinfo=UTC), date(2022, 9, 1))


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    count, history = sizes.commands, [visit_noted(number) for number in range(LENGTH)]
    commands = [NoteVisit(visit_noted(number)) for number in range(count)]
    fields = [fields_of(command.noted) for command in commands]
    with (
        closing(SqliteLog(directory / "command.db")) as log,
        closing(Schools(directory / "command-peer.db")) as app,
    ):
        while True:
            streams = [f"bench.school-{log.head()}-{number}" for number in range(count)]
            for stream in streams:
                log.append(stream, 0, prepare(history, metadata()))
            ids = [app.open_school(history[1:]).id for _ in range(count)]
            ours = seconds(carry_out, log, streams, commands)
            peer = seconds(get_trigger_save, app, ids, fields)
            if any(len(log.read(stream)) != LENGTH + 1 for stream in streams):
                raise AssertionError("a command was not carried out")
            yield {"ours": count / ours, "eventsourcing": count / peer}


def carry_out(log: SqliteLog, streams: Sequence[str], commands: Sequence[NoteVisit]) -> None:
    for stream, command in zip(streams, commands, strict=True):
        handle(log, SCHOOLS, stream, command, metadata(), lambda: TODAY)


def get_trigger_save(app: Schools, ids: Sequence[UUID], fields: Sequence[dict[str, Any]]) -> None:
    for school_id, own in zip(ids, fields, strict=True):
        school: School = app.repository.get(school_id)
        school.note(**own)
        app.save(school)


ROW = Row(
    name="command",
    title="a whole command: read a 10-event stream, fold, decide, append",
    unit="commands/s",
    goals=(Goal("x eventsourcing get + trigger + save", of="ours", beside="eventsourcing", at_least=3.5),),
    rounds=rounds,
)
