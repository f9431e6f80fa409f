"""A small county with something of everything in it, and everybody who may come to its pages, signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from services.visits.events import RecordIssued
from tests.gateway.turned import turned
from tests.gateway.visits import Browser
from tests.helpdesk.calls import fields, ofsted_fields
from tests.platform import PEOPLE, SCHOOL, SCHOOL_ROW, Platform
from tests.scheduling import year
from tests.visits import recording, steps

TODAY = date(2012, 3, 12)
TOMORROW = TODAY + timedelta(days=1)
SEPTEMBER, VISIT_4 = date(2011, 9, 1), date(2011, 11, 15)
ELSEWHERE, SUCCESSOR = year.OTHER, steps.SUCCESSOR
PERSONS = {
    "nobody": None,
    "without_a_role": "stranger",
    **{role: person for person, role in PEOPLE.items() if person != "adviser-2"},
    "another_adviser": "adviser-2",
    "new_chair": "new-chair",
    "former_head": "former-head",
    "coming_chair": "coming-chair",
    "head_elsewhere": "head-2",
    "head_of_successor": "head-3",
}
"""Who comes to the pages of the school, by what the table calls them; nobody has not signed in."""


@dataclass(frozen=True)
class SmallCounty:
    """`made` are the parts of addresses that nobody chose: a fact's place in the log, a calendar's secret."""

    platform: Platform
    app: Flask
    accounts: Accounts
    made: dict[str, str]

    def address(self, page: str) -> str:
        """An address with the parts that nobody chose."""
        return page.format(**self.made)

    def visit(self, persona: str, app: Flask | None = None) -> Browser:
        """That persona, signed in; at another app over the same county where one is given."""
        browser, person = Browser((app or self.app).test_client()), PERSONS[persona]
        if person is not None:
            assert browser.sign_in(person, DEMONSTRATION_PASSWORD).status_code == 303
        return browser


@contextmanager
def opened_small_county(directory: Path) -> Iterator[SmallCounty]:
    with turned(directory) as pages:
        platform = pages.platform
        live_through(platform)
        accounts: Accounts = pages.app.extensions["accounts"]
        for person in {*PERSONS.values()} - {*PEOPLE, None}:
            accounts.add(str(person), DEMONSTRATION_PASSWORD, str(person))
        fact = platform.recorded(RecordIssued)[0].position
        made = {"fact": str(fact), "token": accounts.feeds.make("head", SCHOOL)}
        yield SmallCounty(platform, pages.app, accounts, made)


def live_through(platform: Platform) -> None:
    """Everything that there is to see in the small county."""
    _people(platform)
    _autumn(platform)
    _spring(platform)


def _people(platform: Platform) -> None:
    """The school, one that it has nothing to do with, and one that followed it by a merger and left it open."""
    year.prepare(platform)
    year.add_school(platform, ELSEWHERE, "adviser-2", "head-2")
    platform.do("scheduling.RecordSchool", **SCHOOL_ROW | {"urn": SUCCESSOR, "name": "Coast Primary School"})
    for person, role, begins, urn in (
        ("head-3", "headteacher", SEPTEMBER, SUCCESSOR),
        ("former-head", "headteacher", date(2010, 9, 1), SCHOOL),
        ("new-chair", "chair_of_governors", date(2012, 3, 5), SCHOOL),
        ("coming-chair", "chair_of_governors", TOMORROW, SCHOOL),
    ):
        platform.add_person(person, role, begins, urn)
    left = {"person": "former-head", "role": "headteacher", "urn": SCHOOL, "ends": f"{TODAY}"}
    platform.do("scheduling.EndTenure", **left)
    link = {"predecessor": SCHOOL, "successor": SUCCESSOR, "link_type": "Successor - merged"}
    platform.do("scheduling.LinkSchools", **link, established="2012-03-01")


def _autumn(platform: Platform) -> None:
    """Prices, the programme bought and exported, visits 1 and 4 and the IP day, targets, an action and a question.

    Another school buys the programme later, so that there is something left to export."""
    of_year: dict[str, Any] = {"urn": SCHOOL, "year": year.YEAR}
    for item, pence in (("full-service", 265000), ("validation", 48000)):
        price: dict[str, Any] = {"item": item, "school_status": "maintained", "pence": pence}
        platform.do("billing.SetPrice", by="finance", **price, begins=f"{SEPTEMBER}")
    platform.do("scheduling.SubscribeSchool", by="head", **of_year)
    waiting = platform.ask("billing.DryRun", by="finance", route="journal")
    charges = [line.charge for line in waiting.lines]
    platform.do("billing.ExportBatch", by="finance", route="journal", charges=charges, net=waiting.net)
    platform.do("scheduling.SubscribeSchool", by="head-2", **of_year | {"urn": ELSEWHERE})
    platform.do("scheduling.ProposeProgramme", by="head", **of_year, programme="full")
    service = {"service": "validation", "purpose": "Lesson observations"}
    platform.do("scheduling.RecommendService", by="adviser", **of_year, **service)
    question = {**of_year, "visit": "2"}
    platform.do("analytics.PrepareQuestion", by="adviser", **question, text="Why does writing lag?")
    platform.do("analytics.SendQuestions", by="adviser", **question)
    target = {"measure": "ABSENCE", "group": "all", "percentage": "4.5"}
    platform.do("visits.ProposeTargets", by="head", urn=SCHOOL, cohort=2013, targets=[target], provisional=False)
    recording.hold(platform, "1")
    recording.issue(platform, "1")
    steps.agree_action(platform)
    year.plan(platform, "4", year.at(VISIT_4, "08:45", "12:15"))
    steps.hold_visit_4(platform.on(date(2011, 11, 16)), f"{VISIT_4}")
    platform.do("visits.LeaveFeedbackForm", by="adviser", **of_year)
    recording.hold(platform, "ip")
    recording.write_all(platform, "ip")
    platform.do("visits.SubmitRecord", by="adviser", **recording.about("ip"))


def _spring(platform: Platform) -> None:
    """A concern and a rating, the self-evaluation for visit 2, which is still to come, calls, and another adviser."""
    platform.on(date(2012, 1, 9))
    year.plan(platform, "2", year.at(date(2012, 3, 26)))
    item = {"title": "Our self-evaluation", "minutes": 90, "source": "programme"}
    year.act(platform, "ProposeAgenda", "2", by="head", items=[item])
    grade = {"occasion": "2", "heading": "Achievement", "grade": "Good", "evidence": "Results of three years"}
    platform.do("visits.GradeOwn", by="head", urn=SCHOOL, year=year.YEAR, **grade)
    steps.observe(platform.on(date(2012, 2, 2)))
    steps.tell(platform, "2012-02-02T10:00:00Z")
    steps.rate(platform, "red-amber", "unchanged", "2012-05-01")
    platform.on(date(2012, 3, 8), time(9, 30))
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    platform.on(TODAY)
    proposed: dict[str, Any] = {"urn": SCHOOL, "adviser": "adviser-2", "begins": "2012-04-16"}
    platform.do("scheduling.ProposeAdviser", by="officer", because="The schools of the coast change hands", **proposed)
