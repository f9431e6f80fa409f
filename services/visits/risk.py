"""The authority's rating of the risk at a school: reasoned, by criteria of a version, and open to disagreement.

It is not a forecast of an inspection, nor an overall judgement (RR1)."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import asdict

from services.core.commands import Command, LongText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.visits.events import RatingDisputed, RiskRated
from services.visits.risk_words import Direction, Rating, criteria_on


@command("visits.RateRisk")
class RateRisk(Command, frozen=True):
    """Rate a school by the version of the criteria that is in force. `de_escalation` says what would lower it."""

    urn: Urn
    rating: Rating
    direction: Direction
    rationale: LongText
    criteria: int
    next_review: date
    de_escalation: LongText | None = None


@command("visits.DisputeRating")
class DisputeRating(Command, frozen=True):
    """Say, for the school, why its present rating is not right (RR3). The rating stands until it is made anew."""

    urn: Urn
    rating: Rating
    words: LongText


AboutRisk = RateRisk | DisputeRating


def risk_stream(command: AboutRisk) -> str:
    return f"visits.risk-{command.urn}"


def decide(command: AboutRisk, rating: str | None, context: Context) -> Sequence[Event]:
    match command:
        case RateRisk():
            return _rate(command, context.today)
        case DisputeRating():
            # Whoever may not open the rating can't name it either.
            if rating != command.rating:
                raise Refused("That is not the school's rating now.", "rating")
            return [RatingDisputed(**asdict(command))]


def _rate(command: RateRisk, today: date) -> Sequence[Event]:
    in_force = criteria_on(today)
    if in_force is None or in_force.version != command.criteria:
        now = f"Version {in_force.version} is" if in_force else "None are"
        raise Refused(f"These criteria are not in force on {today:%-d %B %Y}. {now}.", "criteria")
    if command.next_review <= today:
        raise Refused("Enter a day after today: that is when the rating is looked at again.", "next_review")
    return [RiskRated(**asdict(command))]


def evolve(rating: str | None, event: Event) -> str | None:
    return event.rating if isinstance(event, RiskRated) else rating


risk_decider = Decider[str | None, AboutRisk](initial=None, decide=decide, evolve=evolve)
