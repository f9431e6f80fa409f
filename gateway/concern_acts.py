"""What can be done about a concern or a rating: what is asked, and when it is its turn."""

from typing import Any

from gateway.acts import Act
from gateway.concern_words import ASPECTS, FACTS, RATINGS
from gateway.forms import Field
from gateway.record_acts import OWN_WORDS, RULES
from gateway.words import day

A_DAY = "For example, 1 5 2012"
NEXT_REVIEW = Field("next_review", "Looked at again on", "date", A_DAY)

OBSERVE = Act(
    "observe",
    "visits.ObserveConcern",
    "Note a concern",
    "Note this concern",
    (
        Field(
            "aspect",
            "Which aspect of the school’s work",
            "select",
            "The school is told of the concern in these words",
            options=ASPECTS,
        ),
        Field("observed", "When it was observed", "date", A_DAY),
        Field("summary", "What was seen", "textarea", "Only the authority reads this. No names of pupils or staff"),
    ),
    about="An aspect at risk of being unsatisfactory, or an agenda that is not tackled. The school is told, and the "
    "Achievement and Intervention team alerted, on the concern’s own page.",
    example={"concern": "any"},
)
TELL = Act(
    "tell",
    "visits.TellSchool",
    "Tell the school",
    "Save that the school was told",
    (
        Field(
            "told",
            "Who was told",
            "radios",
            options=(
                ("headteacher chair_of_governors", "The headteacher and the chair of governors"),
                ("headteacher", "The headteacher"),
                ("chair_of_governors", "The chair of governors"),
                ("headteacher chair_of_governors clerk_to_governors", "Headteacher, chair and clerk to the governors"),
            ),
            beside=True,
        ),
        Field("told_at", "On which day", hint="For example, 1 May 2012", width="govuk-input--width-10", beside=True),
        Field("time", "At what time", hint="For example, 15:30", width="govuk-input--width-5", beside=True),
        Field(
            "how",
            "How",
            "radios",
            options=(("in_person", "In person"), ("telephone", "Telephone"), ("letter", "Letter"), ("email", "E-mail")),
        ),
    ),
    about="Say it to the school first, then save it here: no concern can be closed before the school was told.",
    example={"told": ["headteacher"], "told_at": "2011-09-01T09:00:00Z"},
)
ALERT = Act(
    "alert",
    "visits.AlertTeam",
    "Alert the Achievement and Intervention team",
    "Alert the team now",
    about="The team sees the alert at once. How long it came after the school was told, or before, stands beside it.",
)
ACKNOWLEDGE = Act("acknowledge", "visits.AcknowledgeAlert", "Acknowledge the alert", "Acknowledge")
DECIDE = Act(
    "decide",
    "visits.DecideAlert",
    "Decide on the alert",
    "Save this decision",
    (
        Field("decision", "What is done", "textarea", "The school reads this"),
        Field(
            "requested_by",
            "Who asked for it",
            "radios",
            options=(
                ("governing_body", "The governing body"),
                ("consultation", "Agreed in consultation with the governing body"),
                ("authority", "The authority alone"),
            ),
        ),
        NEXT_REVIEW,
    ),
    reason="Why the authority acts alone, if it does",
    about="Intervention is first the governing body’s own; the authority’s is normally at its request or in "
    "consultation with it.",
)
REVIEW = Act(
    "review",
    "visits.ReviewAlert",
    "Review the concern",
    "Save this review",
    (Field("findings", "How it stands", "textarea", "The school reads this"), NEXT_REVIEW),
)
CLOSE = Act(
    "close",
    "visits.CloseConcern",
    "Close the concern",
    "Close this concern",
    (Field("outcome", "What was achieved", "textarea", "The school reads this"),),
)
STEPS = {act.name: act for act in (TELL, ALERT, ACKNOWLEDGE, DECIDE, REVIEW, CLOSE)}

RATE = Act(
    "rate",
    "visits.RateRisk",
    "Rate the school",
    "Save this rating",
    (
        Field("rating", "Rating", "radios", options=tuple(RATINGS.items())),
        Field(
            "direction",
            "Direction",
            "radios",
            options=(("deteriorating", "Deteriorating"), ("unchanged", "Unchanged"), ("improving", "Improving")),
        ),
        Field("rationale", "Why", "textarea", "The school reads this"),
        Field("de_escalation", "What would lower it", "textarea", "The point at which the school comes off the board"),
        NEXT_REVIEW,
    ),
    example={"next_review": "2011-09-02"},
)
DISPUTE = Act(
    "dispute",
    "visits.DisputeRating",
    "Disagree with the rating",
    "Save what the school says",
    (Field("words", "Why the school disagrees", "textarea"),),
    about="What you write stands beside the rating on the authority’s board until the school is rated anew. The rating "
    "and your words are both kept.",
)


def redaction(known: Any) -> Act:
    """Redact one of the texts of a concern (visits.ConcernView) that were not redacted yet."""
    texts = tuple((str(each.fact), f"{FACTS[each.kind]}, {day(each.day)}") for each in known.facts if each.redactable)
    return Act(
        "redact",
        "visits.RedactConcern",
        "Redact a text",
        "Redact for good",
        (
            Field("fact", "Which text", "select", "What was written there is destroyed", options=texts),
            Field("rule", "Under which rule", "radios", options=RULES),
        ),
        reason=f"Reason. {OWN_WORDS}",
        about="This can't be undone. That it was done, when and under which rule will stand in its place.",
        example={"fact": 1},
    )


def turn(known: Any) -> list[Act]:
    """What can be done next about a concern (visits.ConcernView), the school’s being told first; then it can be told
    again, as of a letter that follows."""
    happened = {fact.kind for fact in known.facts}
    if "closed" in happened:
        return []
    due = [] if "told" in happened else [TELL]
    if "alerted" not in happened:
        due.append(ALERT)
    elif "acknowledged" not in happened:
        due.append(ACKNOWLEDGE)
    if "acknowledged" in happened:
        due.append(REVIEW if "decided" in happened else DECIDE)
    if {"told", "alerted"} <= happened:
        due.append(CLOSE)
    return [*due, TELL] if "told" in happened else due
