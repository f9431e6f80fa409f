"""The kinds of values that commands take."""

from datetime import date, datetime
from typing import Any

import click

from services.core.settings import BadSetting, Settings
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


class Place(click.ParamType[str]):
    """A directory or an address. The name of a setting stands for the address in it: a command line, which every user
    of a machine can read, is no place for a password."""

    name = "place"

    def __init__(self, setting: str) -> None:
        self._setting = setting

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value != self._setting:
            return str(value)
        address: str = getattr(Settings.from_environment(), self._setting.lower())
        if not address:
            raise BadSetting(f"{self._setting} is not set.")
        return address


DAY = Day()
URN = click.IntRange(100_000, 999_999)


def today() -> date:
    return london_day(now_micros())
