"""Marks that stand for a missing figure stay marks."""

import pytest

from services.analytics.markers import MEANINGS, Marker, marker


@pytest.mark.parametrize("code", MEANINGS)
def test_quirk_4_every_marker_is_known_in_any_letter_case_and_has_words(code: str) -> None:
    for text in (code, code.upper(), code.lower(), f" {code} "):
        assert marker(text) == Marker(code)
    assert Marker(code).meaning


def test_one_space_is_a_blank_and_a_blank_is_not_suppressed() -> None:
    assert marker(" ") == Marker("")
    assert Marker("").meaning == "no figure given"
    assert Marker("SUPP").meaning == "suppressed: 5 pupils or fewer"


@pytest.mark.parametrize("text", ["0", "57", "57%", "SUPPRESSED", "--", "n/a", "4B"])
def test_anything_else_is_no_marker(text: str) -> None:
    assert marker(text) is None
