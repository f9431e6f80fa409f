"""The kinds of values that commands take."""

from datetime import date, datetime
from typing import Any

import click

from services.core.times import london_day, now_micros

FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y")


class Day(click.ParamType[date]):
    """A day, as 2012-03-01 or '1 March 2012'."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = " ".join(str(value).split())
        for form in FORMS:
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        return self.fail(f"{value!r} is not a day. Write it as 2012-03-01 or '1 March 2012'.", param, ctx)


DAY = Day()
URN = click.IntRange(100_000, 999_999)


def today() -> date:
    return london_day(now_micros())
