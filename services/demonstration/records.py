"""How a record of visit is written, checked, issued and answered."""

from datetime import date, time
from typing import Any

from services.demonstration import texts
from services.demonstration.cast import MANAGER, Part
from services.demonstration.dates import working_day
from services.demonstration.script import Script


def write_record(script: Script, part: Part, year: int, document: str, day: date) -> None:
    """A document about a visit of that day: the school's part before, the adviser's after, then quality assurance."""
    about: dict[str, Any] = {"urn": part.urn, "year": year, "document": document}
    adviser = part.adviser
    started = day if document == "annual-report" else max(working_day(day, -3), date(year, 9, 14))
    script.add(started, time(10), adviser, "visits.StartRecord", **about)
    for section, text in texts.sections(document, "school", part.dice):
        fields = {"section": section, "text": text, "revision": 0}
        script.add(started, time(16, 30), part.head, "visits.WriteSection", **about, **fields)
    written = working_day(day, 1)
    for section, text in texts.sections(document, "adviser", part.dice):
        fields = {"section": section, "text": text, "revision": 0}
        script.add(written, time(9), adviser, "visits.WriteSection", **about, **fields)
    handed_over = working_day(written, 1 + (4 if part.chance(10) else 0))
    script.add(handed_over, time(17), adviser, "visits.SubmitRecord", **about)
    results = texts.judged()
    checked = working_day(handed_over, 2)
    if part.chance(8):
        returned = {"results": texts.not_all(results), "words": "Say what the evidence for each judgement was."}
        script.add(checked, time(9), MANAGER, "visits.ReturnRecord", **about, **returned)
        script.add(working_day(checked, 1), time(9), adviser, "visits.SubmitRecord", **about)
        checked = working_day(checked, 2)
    script.add(checked, time(10), MANAGER, "visits.PassRecord", **about, results=results)
    issued = working_day(checked, 1)
    script.add(issued, time(9), adviser, "visits.IssueRecord", **about)
    _answer(script, part, about, working_day(issued, part.dice.randrange(2, 9)))


def _answer(script: Script, part: Part, about: dict[str, Any], day: date) -> None:
    chance = part.dice.random()
    if chance < 0.1:
        return
    if chance < 0.95 or about["document"] == "annual-report":
        script.add(day, time(14), part.head, "visits.AnswerRecord", **about, version=1, answer="accurate")
        return
    words = "The numbers for Year 2 are those of the year before."
    script.add(day, time(14), part.head, "visits.AnswerRecord", **about, version=1, answer="inaccurate", words=words)
    why = "The figures are from the school's own return of that week, as agreed at the visit."
    script.add(working_day(day, 2), time(9), part.adviser, "visits.RefuseCorrection", **about, words=why)
