"""How a draft stands against the quality criteria: what a machine can honestly tell, and what is left to a reviewer."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from services.visits.criteria import LATEST_CRITERIA, criteria_of
from services.visits.forms import Section


class Draft(Struct, frozen=True):
    """What is judged: the adviser's sections that are asked for, what each says, and how many recommendations were
    recorded with the visit."""

    sections: tuple[Section, ...]
    texts: Mapping[str, str]
    recommendations: int = 0


class Judgement(Struct, frozen=True):
    """One criterion. `met` is None where only a reviewer can tell; `remark` says why not, or how near it is."""

    criterion: str
    sentence: str
    met: bool | None
    remark: str = ""


def judge(draft: Draft, criteria: int = LATEST_CRITERIA) -> tuple[Judgement, ...]:
    """Every criterion of that version of the list, in its order."""
    return tuple(
        Judgement(each.criterion, each.sentence, *_CHECKS[each.check](draft, each.value))
        for each in criteria_of(criteria)
    )


Found = tuple[bool | None, str]


def _reviewer(draft: Draft, value: str) -> Found:
    return None, "A reviewer judges this"


def _filled(draft: Draft, value: str) -> Found:
    """`value` names sections, or is `required`: those that the form demands."""
    wanted = value.split(";")
    asked = [each for each in draft.sections if (each.required if value == "required" else each.section in wanted)]
    empty = [each.title for each in asked if not _said(draft, each.section)]
    return not empty, f"Still empty: {', '.join(empty)}" if empty else ""


def _recommendations(draft: Draft, value: str) -> Found:
    if _said(draft, "recommendations") or draft.recommendations:
        return True, ""
    return False, "There are none yet"


def _words_at_most(draft: Draft, value: str) -> Found:
    words = sum(len(_said(draft, each.section).split()) for each in draft.sections)
    return words <= int(value), f"{words:,} words, at most {int(value):,}"


def _without_words(draft: Draft, value: str) -> Found:
    found = [
        f"“{words}” in {each.title}"
        for each in draft.sections
        for words in value.split(";")
        if re.search(rf"\b{re.escape(words)}\b", _said(draft, each.section).replace("’", "'"), re.IGNORECASE)
    ]
    return not found, f"Take out: {', '.join(found)}" if found else ""


def _said(draft: Draft, section: str) -> str:
    return draft.texts.get(section, "").strip()


_CHECKS: Mapping[str, Callable[[Draft, str], Found]] = {
    "": _reviewer,
    "filled": _filled,
    "recommendations": _recommendations,
    "words_at_most": _words_at_most,
    "without_words": _without_words,
}
