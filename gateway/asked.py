"""Everything that a school is asked for at this moment, by whichever team, in one list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from gateway.visit_words import short
from gateway.visitor import Question, ask, may
from gateway.words import academic_year, day


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to do: what, where, by when if there is a day, and of which role."""

    what: str
    address: str
    of: str
    by: date | None = None
    overdue: bool = False


def asked_of_school(urn: int, year: int) -> list[Asked]:
    """What is asked of its head and its chair, as far as who asks may know, what is due first at the top."""
    found = [*_adviser(urn), *_programme(urn, year), *_visits(urn, year)]
    if may("visits.SchoolRecords", urn=urn):
        found += [*_sef(urn, year), *_targets(urn), *_records(urn), *_actions(urn)]
    return sorted(found, key=lambda each: each.by or date.max)


def questions_of_asked(urn: int, year: int) -> Iterator[Question]:
    """What `asked_of_school` asks."""
    of_school, of_year = {"urn": urn}, {"urn": urn, "year": year}
    yield "scheduling.SchoolAdviser", of_school
    yield "scheduling.SchoolProgramme", of_year
    yield "scheduling.SchoolVisits", of_year
    yield "visits.SefState", of_year
    yield from ((f"visits.{name}", of_school) for name in ("SchoolTargets", "SchoolRecords", "SchoolActions"))


def _adviser(urn: int) -> Iterator[Asked]:
    open_ = ask("scheduling.SchoolAdviser", urn=urn).value.proposal
    if open_ and not open_.objected:
        name = open_.adviser.name or "the person proposed"
        what = f"Say whether {name} may be your Link Adviser"
        for of in ("headteacher", "chair_of_governors"):
            yield Asked(what, url_for("allocation.of_school", urn=urn), of, open_.answer_by)


def _programme(urn: int, year: int) -> Iterator[Asked]:
    proposals = ask("scheduling.SchoolProgramme", urn=urn, year=year).value.proposals
    if proposals and proposals[0].begins is None:
        agreed = {assent.by.value for assent in proposals[0].agreed}
        for of in {"headteacher", "chair_of_governors"} - agreed:
            what = f"Agree the {proposals[0].programme} programme for {academic_year(year)}"
            yield Asked(what, url_for("programme.of_school", urn=urn), of)


def _visits(urn: int, year: int) -> Iterator[Asked]:
    for line in ask("scheduling.SchoolVisits", urn=urn, year=year).value.visits:
        # That an issued record is to be answered stands among the records, with the address of the record.
        if line.ask and line.ask.of in ("headteacher", "chair_of_governors") and line.state != "issued":
            address = url_for("visits.show", urn=urn, year=year, visit=line.visit)
            yield Asked(f"{short(line.visit)}: {line.ask.what}", address, line.ask.of, line.ask.by)


def _sef(urn: int, year: int) -> Iterator[Asked]:
    form = ask("visits.SefState", urn=urn, year=year).value.form
    if form and form.received is None:
        what = f"Send the self-evaluation form before visit 2 on {day(form.visit_day)}"
        yield Asked(what, url_for("sef.of_school", urn=urn), "headteacher", form.due, form.state == "overdue")


def _targets(urn: int) -> Iterator[Asked]:
    for cohort in ask("visits.SchoolTargets", urn=urn).value[:1]:
        latest, address = cohort.versions[0], url_for("targets.of_school", urn=urn)
        waiting = [each.party for each in latest.agreements if each.day is None]
        for of in waiting if not latest.provisional else ():
            if of != "adviser":
                yield Asked(f"Agree the targets for {cohort.cohort}", address, of, cohort.due)
        if not waiting and latest.meeting is None:
            what = f"Have the governing body sanction the targets for {cohort.cohort}"
            yield Asked(what, address, "chair_of_governors")


def _records(urn: int) -> Iterator[Asked]:
    for line in ask("visits.SchoolRecords", urn=urn).value:
        if line.waits_for == "headteacher":
            address = url_for("records.read", urn=urn, year=line.year, document=line.document)
            yield Asked(
                f"Say whether this is accurate: {line.title}, {academic_year(line.year)}", address, "headteacher"
            )


def _actions(urn: int) -> Iterator[Asked]:
    owners = {"headteacher": "headteacher", "school_leader": "headteacher"}
    for action in ask("visits.SchoolActions", urn=urn).value.open:
        of = owners.get(action.owner, "chair_of_governors")
        if action.owner not in ("adviser", "authority"):
            yield Asked(f"Action: {action.text}", url_for("actions.of_school", urn=urn), of, action.due, action.overdue)


def for_roles(asked: list[Asked], roles: frozenset[str]) -> tuple[list[Asked], list[Asked]]:
    """What is asked of somebody with these roles, and what of others at the school."""
    mine = [each for each in asked if each.of in roles]
    return mine, [each for each in asked if each.of not in roles]
