"""Records as people find them: whose draft is whose, what is issued and answered, redacted, and handed on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.schemas import Invalid
from services.core.verify import Verifier
from services.scheduling.agenda import IP_ASPECTS
from services.visits.events import DOCUMENT_WORDS, SectionRedacted, SectionWritten
from services.visits.forms import sections_of
from tests.platform import PEOPLE, SCHOOL, SCHOOL_ROW, Platform
from tests.scheduling.year import opened_year
from tests.visits.recording import about, hold, issue, plan, review, shown, texts, write, write_all

PM = "Her objective is to raise attendance, with a pay point for it."


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A school with a Link Adviser whose visit 1 was held."""
    with opened_year(tmp_path) as platform:
        hold(platform, "1")
        yield platform
        assert not platform.parked()


def test_the_header_is_assembled_from_what_is_known(platform: Platform) -> None:
    platform.on(date(2011, 12, 5))
    platform.do("scheduling.RecordSchool", **{**SCHOOL_ROW, "name": "Aldborough Academy", "effective_on": "2011-11-30"})
    header = shown(platform, "1", by="adviser").header
    assert (header.school.name, header.school.laestab) == ("Aldborough Primary School", "926/3000"), "as on the day"
    assert (header.school.status, header.term, header.mode, header.held) == ("Open", "autumn", "in_person", header.day)
    assert header.adviser.name == "Adviser"
    assert [(person.role, person.part) for person in header.people] == [
        ("headteacher", "whole"),
        ("chair_of_governors", "part"),
    ]


def test_a_draft_is_seen_by_its_writer_and_the_managers_and_the_schools_part_by_both_sides(platform: Platform) -> None:
    write(platform, "1", "strengths", "Reading")
    write(platform, "1", "analysis", "Ours", by="head")
    seen = {person: texts(shown(platform, "1", by=person)) for person in PEOPLE if person not in ("finance", "duty")}
    whole, ours, nothing = {"strengths": "Reading", "analysis": "Ours"}, {"analysis": "Ours"}, dict[str, str]()
    assert seen == {
        "adviser": whole,
        "adviser-2": ours,
        "manager": whole,
        "officer": nothing,
        "auditor": ours,
        "duty-manager": nothing,
        "team": ours,
        "dpo": ours,
        "head": ours,
        "chair": ours,
    }
    for person in ("finance", "duty"):
        with pytest.raises(Forbidden):
            shown(platform, "1", by=person)
    hidden = {line.section for line in shown(platform, "1", by="head").sections if line.hidden}
    assert "strengths" in hidden
    assert "analysis" not in hidden


def test_the_reviewer_reads_a_draft_when_it_was_handed_over_and_the_school_is_not_told_how_far_it_is(
    platform: Platform,
) -> None:
    write(platform, "1", "strengths", "Reading")
    platform.do("visits.SubmitRecord", by="adviser", **about("1"))
    assert texts(shown(platform, "1", by="adviser-2")) == {"strengths": "Reading"}
    assert shown(platform, "1", by="adviser-2").state == "With quality assurance"
    assert shown(platform, "1", by="head").state == "Being written"
    assert shown(platform, "1", by="head").reviews == ()


def test_vr9_what_is_issued_is_for_head_and_chair_alike(platform: Platform) -> None:
    write_all(platform, "1")
    assert texts(shown(platform, "1", by="chair")) == {}
    review(platform, "1")
    platform.do("visits.IssueRecord", by="adviser", **about("1"))
    for person in ("head", "chair"):
        assert texts(shown(platform, "1", by=person, version=1))["strengths"] == "Strengths"
        (line,) = platform.ask("visits.SchoolRecords", by=person, urn=SCHOOL)
        assert (line.state, line.version, line.waits_for) == ("Issued, to be answered", 1, "headteacher")


def test_edge_head_answers_inaccurate_and_every_version_and_answer_stays_for_head_and_chair(platform: Platform) -> None:
    issue(platform, "1")
    answer = about("1") | {"version": 1, "answer": "inaccurate", "words": "We were at 81%"}
    platform.do("visits.AnswerRecord", by="head", **answer)
    platform.do("visits.BeginCorrection", by="adviser", because="The provisional figure stood there", **about("1"))
    write(platform, "1", "strengths", "81%", revision=1)
    assert texts(shown(platform, "1", by="chair"))["strengths"] == "Strengths", "what was issued, while it is corrected"
    review(platform, "1")
    platform.do("visits.IssueRecord", by="adviser", **about("1"), changes="81% in place of 79%")
    for person in ("head", "chair"):
        assert texts(shown(platform, "1", by=person, version=1))["strengths"] == "Strengths"
        second = shown(platform, "1", by=person, version=2)
        assert texts(second)["strengths"] == "81%"
        assert [(v.version, v.answer, v.words, v.changes, v.correction) for v in second.versions] == [
            (2, None, None, "81% in place of 79%", None),
            (1, "inaccurate", "We were at 81%", None, "The provisional figure stood there"),
        ]


def test_edge_head_answers_inaccurate_and_the_refusal_stays_beside_the_answer(platform: Platform) -> None:
    issue(platform, "1")
    answer = about("1") | {"version": 1, "answer": "inaccurate", "words": "We were at 81%"}
    platform.do("visits.AnswerRecord", by="head", **answer)
    platform.do("visits.RefuseCorrection", by="manager", **about("1"), words="79% is the published figure")
    (version,) = shown(platform, "1", by="chair").versions
    assert (version.words, version.refusal) == ("We were at 81%", "79% is the published figure")
    (line,) = platform.ask("visits.SchoolRecords", by="chair", urn=SCHOOL)
    assert (line.state, line.answer, line.waits_for) == ("Final", "inaccurate", "")


def test_a_version_that_was_never_issued_is_not_found(platform: Platform) -> None:
    issue(platform, "1")
    with pytest.raises(Invalid, match="no version 2"):
        shown(platform, "1", by="head", version=2)


def test_only_the_head_answers(platform: Platform) -> None:
    issue(platform, "1")
    for person in set(PEOPLE) - {"head"}:
        with pytest.raises(Forbidden):
            platform.do("visits.AnswerRecord", by=person, **about("1"), version=1, answer="accurate")


def test_edge_change_of_head_the_new_head_has_the_records_and_the_old_one_none(platform: Platform) -> None:
    issue(platform, "1")
    platform.add_person("next-head", "headteacher", date(2012, 1, 1), SCHOOL)
    ends = {"person": "head", "role": "headteacher", "urn": SCHOOL, "ends": "2012-01-01"}
    platform.do("scheduling.EndTenure", **ends)
    platform.on(date(2011, 12, 31))
    assert texts(shown(platform, "1", by="head", version=1))
    with pytest.raises(Forbidden):
        shown(platform, "1", by="next-head", version=1)
    platform.on(date(2012, 1, 1))
    assert texts(shown(platform, "1", by="next-head", version=1))
    for query in ("visits.SchoolRecords", "visits.Readings"):
        with pytest.raises(Forbidden):
            platform.ask(query, by="head", urn=SCHOOL)
    with pytest.raises(Forbidden):
        shown(platform, "1", by="head")
    with pytest.raises(Forbidden):
        platform.do("visits.AnswerRecord", by="head", **about("1"), version=1, answer="accurate")
    platform.do("visits.AnswerRecord", by="next-head", **about("1"), version=1, answer="accurate")


def test_edge_adviser_absent_the_draft_is_handed_over_and_the_former_adviser_sees_it_no_more(
    platform: Platform,
) -> None:
    plan(platform, "2")
    write(platform, "2", "strengths", "Planning")
    platform.do(
        "scheduling.ReassignVisit",
        by="officer",
        because="Illness",
        urn=SCHOOL,
        year=2011,
        visit="2",
        adviser="adviser-2",
    )
    assert texts(shown(platform, "2", by="adviser-2")) == {"strengths": "Planning"}
    assert texts(shown(platform, "2", by="adviser")) == {}
    write(platform, "2", "strengths", "Planning and marking", by="adviser-2", revision=1)
    with pytest.raises(Refused, match="Only the adviser who writes"):
        write(platform, "2", "strengths", "Mine", revision=2)


def test_edge_pm_content_typed_in_the_wrong_place_is_gone_for_good_and_all_else_stands(platform: Platform) -> None:
    issue(platform, "1")
    platform.do("visits.BeginCorrection", by="adviser", because="A word was missing", **about("1"))
    write(platform, "1", "rationale", PM, revision=1)
    review(platform, "1")
    platform.do("visits.IssueRecord", by="adviser", **about("1"), changes="One word")
    redact = about("1") | {"section": "rationale", "rule": "performance management is not recorded"}
    platform.do("visits.RedactSection", by="dpo", because="Reported by the head", **redact)

    for version in (1, 2):
        paper = shown(platform, "1", by="head", version=version)
        (line,) = (line for line in paper.sections if line.section == "rationale")
        assert line.text is None
        assert (line.redacted.rule, line.redacted.on) == ("performance management is not recorded", date(2011, 11, 9))
        assert texts(paper)["strengths"] == "Strengths", "the rest stays readable"
    (redacted,) = platform.recorded(SectionRedacted)
    log: Any = platform.runtime.log
    event: Any = redacted.data
    assert redacted.metadata.reason == "Reported by the head"
    assert "attendance" not in str(redacted.data)
    assert list(Verifier(one_writer=True).check(log.stored(0, 1_000_000))) == []
    assert not platform.runtime.keys.erase(event.person), "the key is destroyed already"

    platform.do("visits.BeginCorrection", by="adviser", because="Redacted", **about("1"))
    write(platform, "1", "rationale", "Attendance fell.", revision=2)
    assert texts(shown(platform, "1", by="adviser"))["rationale"] == "Attendance fell."
    assert len({event.person for event in platform.events(SectionWritten) if event.section == "rationale"}) == 2


def test_only_data_protection_redacts(platform: Platform) -> None:
    write(platform, "1", "strengths", "Reading")
    redact = about("1") | {"section": "strengths", "rule": "erasure was asked for"}
    for person in set(PEOPLE) - {"dpo"}:
        with pytest.raises(Forbidden):
            platform.do("visits.RedactSection", by=person, because="x", **redact)


def test_vr4_only_the_aspects_on_the_agenda_are_asked_for_and_none_is_demanded(platform: Platform) -> None:
    plan(platform, "ip")
    whole = {line.section for line in shown(platform, "ip", by="adviser").sections}
    assert {"teaching", "leadership", "teaching-view"} <= whole, "a menu, while nothing is agreed"
    items = [
        {"title": "Marking", "source": "la", "minutes": 120, "slot": "la", "aspect": "teaching"},
        {"title": "Reading", "source": "school", "minutes": 90, "slot": "school"},
        {"title": "Learning walk", "source": "school", "minutes": 90, "slot": "negotiated"},
    ]
    fields = {"urn": SCHOOL, "year": 2011, "visit": "ip"}
    platform.do("scheduling.ProposeAgenda", by="adviser", **fields, items=items)
    agreed = {line.section for line in shown(platform, "ip", by="adviser").sections}
    assert whole - agreed == {
        f"{aspect}{part}"
        for aspect in ("achievement", "leadership", "behaviour", "self-evaluation", "effectiveness")
        for part in ("", "-view")
    }
    write_all(platform, "ip")
    complete = next(each for each in shown(platform, "ip", by="adviser").criteria if each.criterion == "complete")
    assert complete.met, "a blank aspect is not an incomplete record"


def test_vr4_the_forms_know_every_aspect_of_the_menu() -> None:
    assert {section.aspect for section in sections_of("ip")} == {"", *IP_ASPECTS}


def test_every_document_has_a_form() -> None:
    for document in DOCUMENT_WORDS:
        codes = [section.section for section in sections_of(document)]
        assert len(codes) == len(set(codes)) >= 8


def test_the_annual_report_begins_with_what_the_years_records_say(platform: Platform) -> None:
    issue(platform, "1")
    with pytest.raises(Refused, match="when visit 3 has been held"):
        platform.do("visits.StartRecord", by="adviser", **about("annual-report"))
    hold(platform, "3")
    write(platform, "3", "planning", "Not issued yet")
    begun = {line.section: line.prefill for line in shown(platform, "annual-report", by="adviser").sections}
    assert begun["performance"].startswith(
        "From the record of visit 1:\nStrengths\n\nFrom the record of visit 1:\nCompa"
    )
    assert begun["improvement"] is None, "only what was issued"
    assert {line.prefill for line in shown(platform, "annual-report", by="head").sections} == {None}
    write(platform, "annual-report", "performance", "Good")
    (line,) = (x for x in shown(platform, "annual-report", by="adviser").sections if x.section == "performance")
    assert (line.prefill, line.text) == (None, "Good")
    issue_rest = [x.section for x in sections_of("annual-report") if x.required and x.section != "performance"]
    for section in issue_rest:
        write(platform, "annual-report", section, section)
    review(platform, "annual-report")
    platform.do("visits.IssueRecord", by="adviser", **about("annual-report"))
    assert texts(shown(platform, "annual-report", by="chair", version=1))["performance"] == "Good"


def test_recommendations_and_actions_stand_in_the_version_that_came_after_them(platform: Platform) -> None:
    visit = {"urn": SCHOOL, "year": 2011, "visit": "1"}
    platform.do("visits.MakeRecommendation", by="adviser", **visit, recommendation="R1", text="Mark every week")
    action = {"text": "Marking policy", "owner": "headteacher", "due": "2012-01-31", "success": "Seen in all books"}
    platform.do("visits.AgreeAction", by="adviser", **visit, action="A1", **action)
    issue(platform, "1")
    platform.do("visits.MakeRecommendation", by="adviser", **visit, recommendation="R2", text="Later")
    paper = shown(platform, "1", by="head", version=1)
    assert paper.recommendations == ("Mark every week",)
    assert [(each.text, each.owner) for each in paper.actions] == [("Marking policy", "headteacher")]


def test_a_draft_is_judged_as_it_is_typed(platform: Platform) -> None:
    typed = [{"section": "rationale", "text": PM}, {"section": "recommendations", "text": "Mark every week"}]
    judged = {
        each.criterion: each for each in platform.ask("visits.CheckDraft", by="adviser", **about("1"), texts=typed)
    }
    assert judged["recommendations"].met
    assert judged["no-pm"].met is False
    assert "“pay point” in Rationale for performance" in judged["no-pm"].remark
    assert judged["evidence"].met is None
    with pytest.raises(Forbidden):
        platform.ask("visits.CheckDraft", by="head", **about("1"), texts=typed)


def test_drafts_lie_on_their_advisers_desk_by_age(platform: Platform) -> None:
    (line,) = platform.ask("visits.DraftsOf", by="adviser", adviser="adviser")
    assert (line.document, line.phase, line.days, line.school) == ("1", "none", 1, "Aldborough Primary School")
    plan(platform, "2")
    write(platform, "2", "strengths", "Early")
    platform.on(date(2011, 11, 20))
    lines = platform.ask("visits.DraftsOf", by="manager", adviser="adviser")
    assert [(line.document, line.days) for line in lines] == [("1", 12), ("2", 11)]
    assert platform.ask("visits.DraftsOf", by="manager", adviser="adviser-2") == ()
    with pytest.raises(Forbidden):
        platform.ask("visits.DraftsOf", by="adviser-2", adviser="adviser")
    write_all(platform, "1")
    platform.do("visits.SubmitRecord", by="adviser", **about("1"))
    assert [line.document for line in platform.ask("visits.DraftsOf", by="adviser", adviser="adviser")] == ["2"]


def test_the_queue_of_quality_assurance_shows_whose_each_is(platform: Platform) -> None:
    write_all(platform, "1")
    platform.do("visits.SubmitRecord", by="adviser", **about("1"))
    platform.on(date(2011, 11, 12))
    (line,) = platform.ask("visits.QaQueue", by="manager")
    assert (line.document, line.version, line.author.name, line.days, line.own) == ("1", 1, "Adviser", 3, False)
    assert platform.ask("visits.QaQueue", by="adviser")[0].own
    for person in ("head", "officer", "auditor", "dpo"):
        with pytest.raises(Forbidden):
            platform.ask("visits.QaQueue", by=person)


def test_a_command_sent_twice_is_done_once(platform: Platform) -> None:
    issue(platform, "1")
    again = uuid4()
    fields = about("1") | {"version": 1, "answer": "accurate"}
    first = platform.do("visits.AnswerRecord", by="head", again=again, **fields)
    second = platform.do("visits.AnswerRecord", by="head", again=again, **fields)
    assert second.repeated
    assert second.position == first.position
