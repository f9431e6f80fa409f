"""Days as people type them into three boxes, counted from today."""

from datetime import date, datetime, timedelta

from services.core.times import LONDON


def in_days(days: int) -> date:
    return datetime.now(LONDON).date() + timedelta(days=days)


def typed(field: str, day: date) -> dict[str, str]:
    """What a form sends for the day."""
    return {f"{field}-day": str(day.day), f"{field}-month": str(day.month), f"{field}-year": str(day.year)}
