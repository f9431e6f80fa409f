"""What a machine can honestly tell of a draft, criterion by criterion."""

import pytest

from services.visits.criteria import criteria_of
from services.visits.forms import sections_of
from services.visits.quality import Draft, Judgement, judge

SECTIONS = tuple(section for section in sections_of("1") if section.part == "adviser")
FULL = {section.section: "Words" for section in SECTIONS if section.required}


def judged(texts: dict[str, str], recommendations: int = 0) -> dict[str, Judgement]:
    return {each.criterion: each for each in judge(Draft(SECTIONS, texts, recommendations))}


def test_a_full_and_brief_draft_meets_all_that_is_checked_and_leaves_the_rest_to_a_reviewer() -> None:
    results = judged(FULL)
    assert {name for name, each in results.items() if each.met is None} == {
        "formal",
        "evaluative",
        "actions",
        "evidence",
        "framework",
        "no-names",
    }
    assert all(each.met for each in results.values() if each.met is not None)
    assert list(results) == [each.criterion for each in criteria_of()]


def test_an_empty_section_is_named() -> None:
    results = judged({**FULL, "strengths": "  ", "value-added": ""})
    assert not results["complete"].met
    assert results["complete"].remark == "Still empty: Strengths, Value added"
    assert not results["strengths"].met
    assert results["activities"].met


def test_a_long_draft_is_not_brief() -> None:
    assert judged({"strengths": "word " * 2000})["brief"].met
    long = judged({"strengths": "word " * 1999, "rationale": "two words"})["brief"]
    assert not long.met
    assert long.remark == "2,001 words, at most 2,000"


def test_recommendations_may_stand_in_the_text_or_be_recorded_with_the_visit() -> None:
    assert not judged({})["recommendations"].met
    assert judged({"recommendations": "Mark"})["recommendations"].met
    assert judged({}, recommendations=1)["recommendations"].met


@pytest.mark.parametrize(
    "text",
    ["Her Performance Objectives were met", "a PAY point", "the headteacher’s objectives", "Salary", "after appraisal"],
)
def test_vr2_words_of_performance_management_are_pointed_out(text: str) -> None:
    assert not judged({"rationale": text})["no-pm"].met


@pytest.mark.parametrize(
    "text", ["pay attention to phonics", "objectives of the lesson", "salaryman", "the school's objectives"]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert judged({"rationale": text})["no-pm"].met


def test_every_criterion_of_every_version_has_a_check_that_exists() -> None:
    for document in ("1", "2", "3", "ip", "annual-report"):
        sections = tuple(section for section in sections_of(document) if section.part == "adviser")
        assert len(judge(Draft(sections, {}))) == len(criteria_of())
