"""How the state of a document is said, and who must act next."""

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


def seen_as(phase: Phase, in_confidence: bool) -> Phase:
    """The phase as it is told: how far quality assurance has come is the authority's own business."""
    return "writing" if phase in BEFORE_ISSUE and not in_confidence else phase


def state_words(phase: Phase, issued: int) -> str:
    return "Being corrected" if phase == "writing" and issued else IN_WORDS[phase]


def document_title(document: str) -> str:
    """How a document is called at the beginning of a sentence."""
    words = DOCUMENT_WORDS[document]
    return words[0].upper() + words[1:]
