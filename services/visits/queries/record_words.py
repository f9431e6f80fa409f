"""How the state of a document is said, who must act next, and how papers are called."""

import re

from services.visits.events import DOCUMENT_WORDS
from services.visits.record_state import Phase

IN_WORDS: dict[Phase, str] = {
    "none": "Not started",
    "writing": "Being written",
    "submitted": "With quality assurance",
    "passed": "Passed, to be issued",
    "issued": "Issued, to be answered",
    "disputed": "Called inaccurate by the head",
    "settled": "Final",
}
WAITS_FOR: dict[Phase, str] = {
    "none": "adviser",
    "writing": "adviser",
    "submitted": "reviewer",
    "passed": "adviser",
    "issued": "headteacher",
    "disputed": "adviser",
    "settled": "",
}
BEFORE_ISSUE: tuple[Phase, ...] = ("writing", "submitted", "passed")


_OF_A_RECORD = re.compile(rf"record-(?P<year>\d{{4}})-(?P<document>{'|'.join(DOCUMENT_WORDS)})-v(?P<version>\d+)")


def seen_as(phase: Phase, in_confidence: bool) -> Phase:
    """The phase as it is told: how far quality assurance has come is the authority's own business."""
    return "writing" if phase in BEFORE_ISSUE and not in_confidence else phase


def state_words(phase: Phase, issued: int) -> str:
    return "Being corrected" if phase == "writing" and issued else IN_WORDS[phase]


def document_title(document: str) -> str:
    """How a document is called at the beginning of a sentence."""
    words = DOCUMENT_WORDS[document]
    return words[0].upper() + words[1:]


def paper_title(paper: str) -> str:
    """record-2011-1-v2 as Record of visit 1, 2011-12, version 2; a paper of another kind by its own name."""
    found = _OF_A_RECORD.fullmatch(paper)
    if found is None:
        return paper.replace("-", " ").capitalize()
    year = int(found["year"])
    return f"{document_title(found['document'])}, {year}-{(year + 1) % 100:02}, version {found['version']}"
