"""An adviser's diary: time is kept for a visit before it is planned, so that nobody is booked twice.

Whoever plans claims the time first, on the one stream of that adviser: of two who want the same hour, the log lets one
write. Time is added by a claim and let go once the school's programme no longer plans it. Until then it does no harm:
time that a visit once had and has no more is free for another."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from services.core.commands import AcademicYear, Command, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.scheduling.events import Sitting, TimeReleased, TimeReserved, visit_words
from services.scheduling.programme import Sittings, programme_of, programme_stream

Key = tuple[int, int, str]
"""Whose time it is: URN, academic year and visit."""


class Kept(Struct, frozen=True):
    """The time kept for one visit."""

    sittings: tuple[Sitting, ...]
    joint: str | None


Diary = Mapping[Key, Kept]


class _AboutTime(Command, frozen=True):
    """Base of the commands about an adviser's time for one visit."""

    person: Reference
    urn: Urn
    year: AcademicYear
    visit: Reference

    @property
    def key(self) -> Key:
        return self.urn, self.year, self.visit


@command("scheduling.ReserveTime")
class ReserveTime(_AboutTime, frozen=True, kw_only=True):
    """Keep time for a visit, beside any that is kept for it already. Visits with the same `joint` are one visit to
    several schools and may have the same time."""

    sittings: Sittings
    joint: Reference | None = None


@command("scheduling.ReleaseTime")
class ReleaseTime(_AboutTime, frozen=True):
    """Let go what a visit no longer needs. A person may also let go what was kept for a visit never planned; a policy
    leaves that alone, as somebody may be planning it at this moment."""


def diary_stream(command: _AboutTime) -> str:
    return f"scheduling.diary-{command.person}"


class Planned(Struct, frozen=True):
    """What a school's programme says of one visit's time of this adviser: planned now, and once but not any more."""

    now: frozenset[Sitting] = frozenset()
    formerly: frozenset[Sitting] = frozenset()


def as_planned(command: ReserveTime | ReleaseTime, read: ReadStream) -> dict[Key, Planned]:
    """What the programmes say of each visit in the diary that this command touches."""
    kept = diary_decider.fold(read(diary_stream(command)))
    keys = {command.key}
    if isinstance(command, ReserveTime):
        keys |= {key for key, visit in kept.items() if _meeting(visit.sittings, command.sittings)}
    return {key: _planned(key, command.person, read) for key in keys}


def _planned(key: Key, person: str, read: ReadStream) -> Planned:
    urn, year, visit = key
    state = programme_of(read(programme_stream(urn, year))).visits.get(visit)
    return Planned(state.time_of(person), state.former_time_of(person)) if state else Planned()


def _decide(command: ReserveTime | ReleaseTime, diary: Diary, context: Context) -> Sequence[Event]:
    if isinstance(command, ReserveTime):
        return _reserve(command, diary, context.facts)
    kept = diary.get(command.key)
    if kept is None:
        return []
    planned: Planned = context.facts[command.key]
    gone = planned.formerly if context.role == "policy" else frozenset(kept.sittings) - planned.now
    return _without(command.person, command.key, kept, gone)


def _reserve(command: ReserveTime, diary: Diary, planned: dict[Key, Planned]) -> Sequence[Event]:
    freed: list[Event] = []
    for key, other in diary.items():
        same_visit = key == command.key or (other.joint is not None and other.joint == command.joint)
        wanted = _meeting(other.sittings, command.sittings)
        if same_visit or not wanted:
            continue
        if taken := [sitting for sitting in wanted if sitting not in planned[key].formerly]:
            raise Refused(f"Adviser is already booked {_words(taken[0])}, for {_visit(key)}.", "sittings")
        freed += _without(command.person, key, other, frozenset(wanted))
    kept = diary.get(command.key)
    before = kept.sittings if kept else ()
    new = tuple(sitting for sitting in command.sittings if sitting not in before)
    if not new:
        return freed
    whole = _in_order((*before, *new))
    return [*freed, TimeReserved(command.person, command.urn, command.year, command.visit, whole, command.joint)]


def _without(person: str, key: Key, kept: Kept, gone: frozenset[Sitting]) -> list[Event]:
    left = tuple(sitting for sitting in kept.sittings if sitting not in gone)
    if left == kept.sittings:
        return []
    return [TimeReserved(person, *key, left, kept.joint) if left else TimeReleased(person, *key)]


def _meeting(kept: Sequence[Sitting], wanted: Sequence[Sitting]) -> list[Sitting]:
    """The kept sittings that overlap one that is wanted: ends are excluded, so one may begin as another ends."""
    return [
        one for one in kept if any(one.day == it.day and one.starts < it.ends and it.starts < one.ends for it in wanted)
    ]


def _in_order(sittings: tuple[Sitting, ...]) -> tuple[Sitting, ...]:
    return tuple(sorted(sittings, key=lambda sitting: (sitting.day, sitting.starts)))


def _words(sitting: Sitting) -> str:
    return f"on {sitting.day:%-d %B %Y} from {sitting.starts:%H:%M} to {sitting.ends:%H:%M}"


def _visit(key: Key) -> str:
    return f"{visit_words(key[2])} at school {key[0]}"


def _evolve(diary: Diary, event: Event) -> Diary:
    match event:
        case TimeReserved():
            return {**diary, (event.urn, event.year, event.visit): Kept(event.sittings, event.joint)}
        case TimeReleased():
            return {key: kept for key, kept in diary.items() if key != (event.urn, event.year, event.visit)}
    return diary


diary_decider = Decider[Diary, ReserveTime | ReleaseTime](initial={}, decide=_decide, evolve=_evolve)
