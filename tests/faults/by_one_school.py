"""What no demonstration needs anybody to do, done once each at one school: in the order in which it makes sense."""

from datetime import date
from typing import Any

from tests.helpdesk.calls import fields, ofsted_fields
from tests.platform import PEOPLE, SCHOOL, Platform
from tests.scheduling import year
from tests.visits import recording, steps

CONCERN = steps.CONCERN
VALIDATION = {"service": "validation", "purpose": "Lesson observations"}


def rare_commands(platform: Platform) -> None:
    """On 1 September 2011 and after it, at a school with nothing but its people."""
    for part in (_terms, _advisers, _money, _visits, _records, _grades, _concern, _desk, _conversion, _published):
        part(platform)


def _terms(platform: Platform) -> None:
    days = (("2011-09-05", "2011-12-16"), ("2012-01-04", "2012-03-30"), ("2012-04-16", "2012-07-20"))
    terms = [
        {"term": term, "begins": begins, "ends": ends}
        for term, (begins, ends) in zip(("autumn", "spring", "summer"), days, strict=True)
    ]
    platform.do("scheduling.SetTerms", by="officer", year=2011, terms=terms)


def _advisers(platform: Platform) -> None:
    """The first adviser is objected to and allocated all the same; the second has an interest and is away."""
    year.prepare(platform)
    interest: dict[str, Any] = {"person": "adviser-2", "interest_at": SCHOOL}
    declared = {"begins": "2011-09-01", "nature": "A child of mine goes there"}
    platform.do("scheduling.DeclareInterest", by="adviser-2", **interest, **declared)
    platform.do("scheduling.EndInterest", by="adviser-2", **interest, ends="2011-09-02")
    absence = {"person": "adviser-2", "begins": "2011-09-12"}
    platform.do("scheduling.RecordAbsence", by="adviser-2", **absence, ends="2011-09-20")
    platform.do("scheduling.RecordReturn", by="adviser-2", **absence, returns="2011-09-15")
    platform.do("scheduling.EndAllocation", by="manager", urn=SCHOOL, ends="2011-09-03", because="Too far away")
    platform.on(date(2011, 9, 5))
    platform.do("scheduling.ProposeAdviser", by="officer", urn=SCHOOL, adviser="adviser", begins="2011-09-05")
    proposal: dict[str, Any] = {"urn": SCHOOL, "proposal": 2}
    platform.do("scheduling.ObjectToProposal", by="head", **proposal, words="We asked for another")
    platform.do("scheduling.AllocateAdviser", by="manager", **proposal, because="Nobody else is free")
    platform.add_person("new-chair", "chair_of_governors", date(2011, 9, 5), SCHOOL)
    sight = {"person": "new-chair", "role": "chair_of_governors", "urn": SCHOOL, "since": "2011-09-01"}
    platform.do("scheduling.GrantBackView", by="dpo", **sight, because="They follow up a concern")
    platform.do("scheduling.ErasePerson", by="dpo", person="new-chair", because="They asked")


def _money(platform: Platform) -> None:
    of_year: dict[str, Any] = {"urn": SCHOOL, "year": 2011}
    for item in ("full-service", "visit-1", "visit-2", "visit-3"):
        for status in ("maintained", "non-maintained"):
            price = {"item": item, "school_status": status, "begins": "2011-09-01"}
            platform.do("billing.SetPrice", by="finance", **price, pence=75000)
    platform.do("billing.SetVatCode", by="finance", **price, code="OS")
    platform.do("scheduling.SubscribeSchool", by="head", **of_year)
    platform.do("billing.RecordPurchaseOrder", by="head", **of_year, number="PO 17")
    (charge,) = platform.ask("billing.DryRun", by="finance", route="journal").lines
    batch: dict[str, Any] = {"route": "journal", "charges": [charge.charge], "net": charge.net}
    platform.do("billing.ExportBatch", by="finance", **batch)
    settled = {"charge": charge.charge, "settled": "2011-09-05", "reference": "J 1"}
    platform.do("billing.SettleCharge", by="finance", **of_year, **settled)
    tailored: dict[str, Any] = {"programme": "tailored", "visits": ["1", "2", "3"]}
    platform.do("scheduling.ProposeProgramme", by="head", **of_year, **tailored)
    for party in ("adviser", "chair"):
        platform.do("scheduling.AgreeProgramme", by=party, **of_year, version=1)
    platform.do("scheduling.OrderService", by="head", **of_year, **VALIDATION)
    order = platform.ask("scheduling.SchoolServices", by="head", urn=SCHOOL)[0].order
    platform.do("scheduling.CancelService", by="head", **of_year, order=order, because="No time for it")


def _visits(platform: Platform) -> None:
    """Visit 3 is moved, given to somebody else and back, put off, planned again, missed, planned and cancelled; visit 4
    is logged by mistake."""
    may, june, july = (year.at(date(2012, month, 11)) for month in (5, 6, 7))
    year.plan(platform, "3", may)
    year.act(platform, "MoveVisit", "3", by="officer", sittings=year.typed(june), because="A school trip")
    for adviser in ("adviser-2", "adviser"):
        year.act(platform, "ReassignVisit", "3", by="officer", adviser=adviser, because="Illness")
    year.act(platform, "PostponeVisit", "3", by="head", because="Flood")
    year.plan(platform, "3", year.at(date(2011, 9, 7)), because="The sooner the better")
    platform.on(date(2011, 9, 8))
    year.act(platform, "RecordNotHeld", "3", by="adviser", because="The road was closed")
    year.plan(platform, "3", july)
    year.act(platform, "CancelVisit", "3", by="officer", because="Agreed with the school")
    steps.hold_visit_4(platform, "2011-09-08")
    platform.do("visits.WithdrawPmVisit", by="adviser", urn=SCHOOL, year=2011, why="did_not_take_place")


def _records(platform: Platform) -> None:
    recording.hold(platform, "1")
    recommended = {"urn": SCHOOL, "year": 2011, "visit": "1", "recommendation": "R1", "text": "Share what works"}
    platform.do("visits.MakeRecommendation", by="adviser", **recommended)
    recording.issue(platform, "1")
    platform.do("visits.NotePaperOpened", by="chair", urn=SCHOOL, paper="record-2011-1-v1")
    about = recording.about("1")
    platform.do("visits.BeginCorrection", by="adviser", **about, because="A figure was wrong")
    redacted = about | {"section": "strengths", "rule": "nobody may be recognised"}
    platform.do("visits.RedactSection", by="dpo", **redacted, because="A name")
    asked: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "visit": "2"}
    platform.do("analytics.PrepareQuestion", by="adviser", **asked, text="Why does writing lag?")
    platform.do("analytics.WithdrawQuestion", by="adviser", **asked, question="1")


def _grades(platform: Platform) -> None:
    """The form is overdue for visit 2, and the grade of one heading is disputed and moderated."""
    limits = {"urn": SCHOOL, "cohort": 2013, "similar_schools": "5.5"}
    platform.do("visits.RecordAbsenceLimits", by="officer", **limits)
    platform.on(date(2012, 1, 9))
    year.plan(platform, "2", year.at(date(2012, 2, 7)))
    platform.on(date(2012, 2, 7))
    platform.do("visits.NoteSefOverdue", by="officer", urn=SCHOOL, year=2011)
    heading: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "occasion": "2", "heading": "Achievement"}
    platform.do("visits.GradeOwn", by="head", **heading, grade="Good", evidence="Results")
    both = {"school_words": "Progress is quick", "adviser_words": "Two groups fall behind"}
    platform.do("visits.DisputeGrade", by="adviser", **heading, adviser_grade="Satisfactory", **both)
    platform.do("visits.ModerateGrade", by="manager", **heading, words="Both looked again", grade="Good")
    platform.do("visits.SetLaGrade", by="manager", **heading, grade="Good", rationale="Three years")


def _concern(platform: Platform) -> None:
    platform.on(date(2012, 2, 8))
    steps.observe(platform)
    steps.tell(platform, "2012-02-08T09:00:00Z")
    steps.decide(platform, "2012-02-20")
    findings = {"findings": "The milestones are met", "next_review": "2012-03-20"}
    platform.do("visits.ReviewAlert", by="team", **CONCERN, **findings)
    platform.do("visits.CloseConcern", by="team", **CONCERN, outcome="Leadership is secure")
    redacted = {"fact": 1, "rule": "performance management is not recorded"}
    platform.do("visits.RedactConcern", by="dpo", **CONCERN, **redacted, because="On report")
    steps.rate(platform, "red-amber", "unchanged", "2012-05-01")
    platform.do("visits.DisputeRating", by="head", urn=SCHOOL, rating="red-amber", words="The cohort was small")


def _desk(platform: Platform) -> None:
    platform.on(date(2012, 3, 12))
    week = [{"weekday": 1, "opens": "08:00", "closes": "18:00"}]
    numbers = {"number": "01603 307797", "out_of_hours_number": "07876 137828"}
    platform.do("helpdesk.SetHours", by="duty-manager", begins="2012-04-01", week=week, **numbers)
    platform.do("helpdesk.SetHoliday", by="duty-manager", day="2012-04-09", name="Easter Monday")
    platform.do("helpdesk.WithdrawHoliday", by="duty-manager", day="2012-04-09")
    target: dict[str, Any] = {"category": "day_to_day", "begins": "2012-04-01", "minutes": 240}
    platform.do("helpdesk.SetResponseTarget", by="duty-manager", **target)
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    platform.do("helpdesk.AssignCall", by="duty", call="c1", to="manager")
    platform.do("helpdesk.AnswerCall", by="manager", call="c1", answered_at="2012-03-08T10:00:00Z", advice="Rang back")
    platform.do("helpdesk.ResolveCall", by="manager", call="c1")
    platform.do("helpdesk.CloseCall", by="duty", call="c1")
    platform.do("helpdesk.ReopenCall", by="duty", call="c1", because="They rang again")
    platform.do("helpdesk.EraseCaller", by="dpo", call="c1", because="They asked")
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    other_days = {"begins": "2012-03-14", "ends": "2012-03-15"}
    platform.do("helpdesk.ChangeInspectionDates", by="duty", call="o1", **other_days)


def _conversion(platform: Platform) -> None:
    """The school becomes an academy, which takes over what is left."""
    steps.agree_action(platform)
    year.plan(platform, "3", year.at(date(2012, 6, 12)))
    platform.on(date(2012, 4, 2))
    steps.close_school(platform)
    steps.open_successor(platform)
    stop = {"urn": SCHOOL, "year": 2011, "ends": "2012-03-31"}
    platform.do("scheduling.EndSubscription", by="officer", **stop, because="It became an academy")
    left = {"person": "head", "role": PEOPLE["head"], "urn": SCHOOL, "ends": "2012-04-01"}
    platform.do("scheduling.EndTenure", by="manager", **left)


def _published(platform: Platform) -> None:
    """Results are read here from 2016 on."""
    platform.on(date(2018, 12, 13))
    figures: dict[str, Any] = {"year": 2018, "data_version": "revised", "figures": {"PTRWM_EXP": "57"}}
    platform.do("analytics.PublishResults", by="officer", urn=SCHOOL, **figures)
    platform.do("analytics.PublishAreaFigures", by="officer", area="926", area_name="Norfolk", **figures)
    platform.do("analytics.RecordInspection", by="officer", urn=SCHOOL, inspected="2018-06-13", grade="Good")
