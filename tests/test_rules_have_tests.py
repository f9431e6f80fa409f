"""Every rule of the programme, and every case at its edges, has a test that bears its name."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

RULES = (
    *(f"br{number}" for number in range(1, 9)),  # billing
    *(f"hr{number}" for number in range(1, 5)),  # the help-line
    *(f"vr{number}" for number in range(1, 10)),  # visits
    *(f"tr{number}" for number in range(1, 8)),  # targets
    "gr1",  # grades
    *(f"pr{number}" for number in range(1, 6)),  # performance management
    *(f"rr{number}" for number in range(1, 4)),  # risk
)
EDGE_CASES = (
    "academy_conversion",
    "late_news_of_conversion",
    "merger_v_amalgamation",
    "federation",
    "closure",
    "change_of_head",
    "role_given_to_a_new_person",
    "interim_or_shared_head",
    "chair_absent",
    "adviser_absent",
    "disagreement_on_a_grade",
    "head_answers_inaccurate",
    "inspection_called_mid_programme",
    "out_of_hours_ofsted_call",
    "school_causing_concern",
    "pm_content_typed_in_the_wrong_place",
    "visit_booked_under_two_weeks_out",
    "target_changed_after_sign_off",
    "test_results_re_marked",
    "clock_change",
    "same_event_delivered_twice",
    "non_maintained_buyer_who_stops_mid_year",
)


@cache
def names() -> frozenset[str]:
    """The name of every test."""
    return frozenset(
        node.name
        for file in Path(__file__).parent.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_test_of_its_name(rule: str) -> None:
    assert [name for name in names() if re.search(rf"_{rule}(_|$)", name)]


@pytest.mark.parametrize("case", EDGE_CASES)
def test_a_case_at_the_edge_has_a_test_of_its_name(case: str) -> None:
    assert [name for name in names() if name.startswith(f"test_edge_{case}")]


def test_no_test_bears_the_name_of_a_rule_or_case_that_there_is_not() -> None:
    named = {rule for name in names() for rule in re.findall(r"_((?:[bhvtgpr]r)\d+)(?=_|$)", name)}
    assert named == set(RULES)
    edges = {name for name in names() if name.startswith("test_edge_")}
    assert not [name for name in edges if not name.startswith(tuple(f"test_edge_{case}" for case in EDGE_CASES))]
