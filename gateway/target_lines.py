"""Targets beside what they are compared with, in words, each figure with its year and data version."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.figures import NOT_HELD, figure_words
from gateway.target_rows import GROUPS, other_share
from gateway.visitor import ask
from gateway.words import role

ABSENCE = "ABSENCE"
SUITABILITY = {"suitable": "Suitable", "unrealistic": "Unrealistic", "not_challenging": "Not challenging enough"}
LIMITS = {
    "similar_schools": "Median of schools with similar FSM",
    "own_actual": "The school's own absence in 2007/08",
    "earlier_target": "The school's target for 2009/10",
}
SMALL = "suppressed: small group"
NOT_BY_GROUP = "not by group"


@dataclass(frozen=True, slots=True)
class LineWords:
    """One target in words; results by group are not published, so only a row for all pupils has them."""

    label: str
    group: str
    result: str
    la: str
    national: str
    estimate: str
    earlier: str
    target: str
    versions: str
    comment: str
    explanation: str
    plans: tuple[tuple[str, str], ...]


def latest_results(urn: int, cohort: int) -> dict[str, Any]:
    """The last year's figures of each measure that were published for the school, up to the tests of the cohort."""
    latest: dict[str, Any] = {}
    for measure in ask("analytics.SchoolResults", urn=urn).value.measures:
        held = [cells for cells in measure.years if cells.school is not None and cells.year <= cohort]
        if held:
            latest[measure.code] = (held[-1], measure.unit)
    return latest


def result_words(latest: dict[str, Any], code: str) -> str:
    """57% in 2019 (final)"""
    if code not in latest:
        return NOT_HELD
    cells, unit = latest[code]
    return f"{figure_words(cells.school, unit)} in {cells.year} ({cells.school.data_version})"


def version_of(latest: dict[str, Any], code: str) -> str:
    """The year and data version of the school's last figure; empty where none is held."""
    return f"{latest[code][0].year} {latest[code][0].school.data_version}" if code in latest else ""


def line_words(line: Any, latest: dict[str, Any]) -> LineWords:
    """A target of visits.SchoolTargets in words."""
    cells, unit = latest.get(line.measure, (None, "percent"))
    whole = line.group == "all"
    return LineWords(
        label=line.label,
        group=GROUPS[line.group],
        result=result_words(latest, line.measure) if whole else NOT_BY_GROUP,
        la=figure_words(cells.la if cells else None, unit) if whole else NOT_BY_GROUP,
        national=figure_words(cells.national if cells else None, unit) if whole else NOT_BY_GROUP,
        estimate=_percent(line.estimate) or "none given",
        earlier=_earlier(line),
        target=_target(line),
        versions=_versions(line, version_of(latest, line.measure) if whole else ""),
        comment=_comment(line),
        explanation=line.explanation or "",
        plans=tuple((words, text) for words, text in _plans(line) if text),
    )


def _target(line: Any) -> str:
    if line.suppressed:
        return SMALL
    counted = f" ({line.count} of {line.cohort_size} pupils)" if line.count is not None else ""
    return f"{line.shown}%{counted}"


def _earlier(line: Any) -> str:
    if line.earlier is None:
        return "none"
    return f"{other_share(line.earlier) if line.measure == ABSENCE else line.earlier}%"


def _versions(line: Any, now: str) -> str:
    """The data version that the target was set on, and the one that holds now where it is another."""
    if not line.data_version:
        return f"now {now}" if now else "none"
    return f"set on {line.data_version}" + (f"; now {now}" if now and now != line.data_version else "")


def _comment(line: Any) -> str:
    if line.suitability is None:
        return SMALL if line.suppressed else "No comment yet"
    return f"{SUITABILITY[line.suitability]}. {line.comment}".strip()


def _plans(line: Any) -> list[tuple[str, str | None]]:
    return [("Actions", line.actions), ("Special factors", line.special_factors)]


def _percent(text: str | None) -> str:
    return "" if not text else f"{text}%" if text.replace(".", "").isdecimal() else text


def limits_words(limits: Any) -> list[tuple[str, str]]:
    """What the attendance target is measured against (TR4), as attendance: what is not known is left out."""
    return [(words, f"{other_share(value)}%") for name, words in LIMITS.items() if (value := getattr(limits, name))]


def signed_words(urn: int, version: Any) -> list[tuple[str, date | None, str]]:
    """Each party of the sign-off, the day on which it agreed, and who did, where their name may be known."""
    return [(role(each.party).capitalize(), each.day, _name(urn, each)) for each in version.agreements]


def _name(urn: int, agreement: Any) -> str:
    if agreement.day is None:
        return ""
    if agreement.party == "adviser":
        return str(ask("scheduling.NamesOf", people=[agreement.person], urn=urn).value.get(agreement.person, ""))
    holders = ask("scheduling.SchoolPeople", urn=urn, on=agreement.day.isoformat()).value
    return next((each.name or "" for each in holders if each.person == agreement.person), "")
