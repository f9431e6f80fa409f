"""Reads the cells of one row into numbers, days and URNs, each fault in words that name the column."""

import re
from datetime import date
from typing import Generic, Never, TypeVar

from services.core.times import YEARS

_BLANKS = frozenset({"", "-", "null", "nan", "na"})
_WHOLE = re.compile(r"(\d{1,9})(?:\.0)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(-?)(\d{2})\2(\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
_LONGEST_SHOWN = 40

V = TypeVar("V")


class BadCell(Exception):
    """One row was refused; the text is its reason."""


class Cells:
    """One row's texts by wanted name, with the column titles of the file for the reasons."""

    __slots__ = ("_titles", "_values")

    def __init__(self, titles: dict[str, str], values: dict[str, str]) -> None:
        self._titles = titles
        self._values = values

    def raw(self, name: str) -> str:
        """The text as it stands, marks for nothing included; the column must be there."""
        return self._values[name]

    def text(self, name: str) -> str:
        """The text, or "" where the column is missing or holds a mark for nothing (NULL, NA, NaN, a dash)."""
        value = self._values.get(name, "")
        return "" if value.casefold() in _BLANKS else value

    def needed(self, name: str) -> str:
        """The text, which must not be blank."""
        return self.text(name) or self.refuse(name, "it is needed")

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds (both included), or None where blank."""
        text = self.text(name)
        if not text:
            return None
        match = _WHOLE.fullmatch(text)
        if match is None or not least <= int(match[1]) <= most:
            self.refuse(name, f"a whole number from {least} to {most:,} is expected")
        return int(match[1])

    def code(self, name: str, pattern: str, expected: str) -> str:
        """A code kept as text with its leading zeros (a spreadsheet's ".0" taken off), or "" where blank."""
        text = self.text(name).removesuffix(".0")
        if text and not re.fullmatch(pattern, text, re.ASCII):
            self.refuse(name, f"{expected} is expected")
        return text

    def urn(self, name: str) -> int:
        """A unique reference number, 100000 to 999999."""
        if self._values[name].upper() in ("", "NAT"):
            raise BadCell("a summary row, not a school")
        urn = self.whole(name, 100_000, 999_999)
        return urn if urn is not None else self.refuse(name, "a URN from 100000 to 999999 is expected")

    def day(self, name: str) -> date | None:
        """A day as dd-mm-yyyy, dd/mm/yyyy, yyyymmdd or yyyy-mm-dd, or None where blank."""
        text = _MIDNIGHT.sub("", self.text(name))
        if not text:
            return None
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = int(match[1]), int(match[3]), int(match[4])
        elif match := _YEAR_FIRST.fullmatch(text):
            year, month, day = int(match[1]), int(match[3]), int(match[4])
        else:
            self.refuse(name, "a date such as 31-08-2022, 31/08/2022, 20220831 or 2022-08-31 is expected")
        if year not in YEARS:
            self.refuse(name, f"a year from {YEARS[0]} to {YEARS[-1]} is expected")
        try:
            return date(year, month, day)
        except ValueError:
            self.refuse(name, "there is no such day")

    def has(self, name: str) -> bool:
        """Whether the file has a column for it."""
        return name in self._titles

    def refuse(self, name: str, expected: str) -> Never:
        """Refuse the row for what this cell holds, saying what was expected."""
        value = self._values.get(name, "")[:_LONGEST_SHOWN]
        raise BadCell(f"{self._titles[name]} is {repr(value) if value else 'blank'}: {expected}")


class Firsts(Generic[V]):
    """The first row about each thing, so that a later one is either the same again or a contradiction."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, V]] = {}

    def is_new(self, about: str, value: V, line: int) -> bool:
        """True for the first row about it, False for the same again; raises BadCell where they differ."""
        first_line, first = self._first.setdefault(about, (line, value))
        if first_line == line:
            return True
        if first != value:
            raise BadCell(f"{about} is on line {first_line} already, with other details")
        return False
