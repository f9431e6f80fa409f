"""What can be done with a document beside writing it, by its phase and by whose it is."""

from typing import Any

from gateway.acts import Act
from gateway.forms import Field
from gateway.visitor import clients, visitor

ABOUT_CHANGES = "Needed from the second version on: what is different from the version before, and why"

ACTS = {
    act.name: act
    for act in (
        Act(
            "hand-over",
            "visits.SubmitRecord",
            "Hand over for quality assurance",
            "Hand over",
            about="A colleague judges it against the quality criteria. You can change it again when it is returned.",
        ),
        Act(
            "issue",
            "visits.IssueRecord",
            "Issue to head and chair",
            "Issue",
            (Field("changes", "What changed", "textarea", ABOUT_CHANGES),),
            about="Head and chair get the same version at the same moment. It stays for good.",
        ),
        Act(
            "answer",
            "visits.AnswerRecord",
            "Answer this record",
            "Send this answer",
            (
                Field(
                    "answer",
                    "The record is",
                    "radios",
                    options=(("accurate", "Accurate"), ("inaccurate", "Inaccurate")),
                ),
                Field(
                    "words", "What you want to say", "textarea", "Needed when it is inaccurate. The chair sees it too."
                ),
            ),
            about="Your answer stays with this version, whatever follows from it.",
            example={"version": 1},
        ),
        Act(
            "correct",
            "visits.BeginCorrection",
            "Begin a correction",
            "Begin",
            reason="Why it is corrected",
            about="The version that was issued stays as it is, with its answer. A further version will follow.",
        ),
        Act(
            "refuse",
            "visits.RefuseCorrection",
            "Leave it as it was issued",
            "Leave it as it is",
            (Field("words", "Why it stays as it is", "textarea", "Head and chair see this beside the head's answer"),),
        ),
    )
}
PHASES = {
    "hand-over": ("writing",),
    "issue": ("passed",),
    "answer": ("issued",),
    "correct": ("issued", "disputed", "settled"),
    "refuse": ("disputed",),
}
RULES = (
    ("performance management is not recorded", "Performance management is not recorded"),
    ("nobody may be recognised", "No pupil or member of staff may be recognised"),
    ("erasure was asked for", "Erasure was asked for"),
)
OWN_WORDS = "Do not repeat what was written: the reason stays when the text is gone"


def acts_for(paper: Any) -> list[Act]:
    """What the person of the page can do with the document now."""
    about = {"urn": paper.urn, "year": paper.year, "document": paper.document}
    offered = [act for act in ACTS.values() if paper.phase in PHASES[act.name] and act.offered(**about)]
    by_author = [act for act in offered if act.name == "answer" or _is_authors(act, paper)]
    redact = redaction(paper)
    return [*by_author, redact] if redact.fields[0].options and redact.offered(**about) else by_author


def redaction(paper: Any) -> Act:
    """Redact one of the sections in which something was written."""
    return Act(
        "redact",
        "visits.RedactSection",
        "Redact a section",
        "Redact for good",
        (
            Field(
                "section", "Section", "select", "Everything that it ever held is destroyed", options=paper.redactable
            ),
            Field("rule", "Under which rule", "radios", options=RULES),
        ),
        reason=f"Reason. {OWN_WORDS}",
        about="This can't be undone. That it was done, when and under which rule will stand in its place.",
    )


def _is_authors(act: Act, paper: Any) -> bool:
    person = visitor().person
    if paper.author and paper.author.id == person:
        return True
    return act.name != "hand-over" and "programme_manager" in clients().roles(person)
