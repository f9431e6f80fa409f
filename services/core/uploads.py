"""Reads an uploaded table: bytes in, rows and refused rows out, whatever the bytes are.

A fault of the whole file raises `UnreadableUpload`; a fault of one row refuses that row and reads on.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_FIELD = 4_000
LONGEST_LINE = 1_000_000
_LONGEST_KEY = 60
_TOO_LONG = f"a field is longer than {LONGEST_FIELD:,} characters"
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAVE_AS_CSV = "Open it in the program that made it, save it as CSV, and upload that."
_NOT_TEXT = {
    b"PK\x03\x04": f"This is an Excel workbook or a zip file, not a CSV file. {_SAVE_AS_CSV}",
    b"\xd0\xcf\x11\xe0": f"This is an old Excel or Word file, not a CSV file. {_SAVE_AS_CSV}",
    b"%PDF": "This is a PDF, not a CSV file. Ask whoever made it for the figures as CSV.",
    b"\xff\xfe": "This file is in UTF-16 ('Unicode text'). Save it as CSV UTF-8, and upload that.",
    b"\xfe\xff": "This file is in UTF-16 ('Unicode text'). Save it as CSV UTF-8, and upload that.",
}


class UnreadableUpload(Exception):
    """The whole upload was refused. The text tells the person who sent it why, and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one upload may hold: `size` in bytes, `rows` without the header."""

    size: int = 32 * 1024 * 1024
    rows: int = 200_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the physical line that it begins on (the header is usually 1), and its text by wanted name."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row left out: its line, what it was about (a URN as written, or ""), and the reason in words."""

    line: int
    key: str
    reason: str


class Table:
    """An upload opened for one pass over `rows()`.

    `wanted` maps each name the caller uses to the header titles it may appear under, first choice first;
    letter case and spacing of titles do not matter. `key` is the wanted name that says what a row is about: a
    file without it is refused. `titles` holds the wanted names found, each with its title as the file has it.
    """

    def __init__(
        self, upload: bytes | Path, wanted: Mapping[str, tuple[str, ...]], *, key: str, limits: Limits
    ) -> None:
        self._limits = limits
        self._wanted = wanted
        self._csv, self._offset = _open_csv(_lines(_contents(upload, limits.size)))
        self._header = _header(self._csv)
        self._places = _find(self._header, wanted)
        self.titles = {name: self._header[place] for name, place in self._places.items()}
        self.refused: list[RefusedRow] = []
        self.require(key)
        self._key = key

    def require(self, *names: str) -> None:
        """Refuse the upload unless every one of these wanted names was found among its columns."""
        missing = [self._wanted[name][0] for name in names if name not in self._places]
        if missing:
            found = ", ".join(title for title in self._header[:12] if title)[:300] or "without names"
            raise UnreadableUpload(
                f"The file has no column named {', '.join(missing)}. Its first columns are: {found}."
            )

    def rows(self) -> Iterator[Row]:
        """Each sound row in file order; unsound ones go to `refused` on the way. Blank rows are skipped."""
        count = 0
        for line, last, fields, reason in self._records():
            count += 1
            if count > self._limits.rows:
                raise UnreadableUpload(f"The file has over {self._limits.rows:,} rows. Send it in parts.")
            reason = reason or self._fault(fields)
            if reason:
                where = f" (lines {line} to {last})" if last > line else ""
                self.refused.append(RefusedRow(line, self._key_of(fields), reason + where))
            else:
                yield Row(line, {name: fields[place].strip() for name, place in self._places.items()})
        if not count:
            raise UnreadableUpload("The file has column names and no rows under them.")

    def refuse(self, row: Row, reason: str) -> None:
        """Leave out a row that `rows()` gave, for a reason of the caller's."""
        self.refused.append(RefusedRow(row.line, row.values[self._key][:_LONGEST_KEY], reason))

    def _records(self) -> Iterator[tuple[int, int, list[str], str]]:
        """(first line, last line, fields, why it could not be split into fields) of every row not blank."""
        while True:
            line = self._offset + self._csv.line_num + 1
            reason = ""
            try:
                fields = next(self._csv)
            except StopIteration:
                return
            except csv.Error as error:
                fields, reason = [], f"the row cannot be read: {_why(error)}"
            last = self._offset + self._csv.line_num
            if reason and last > line:
                # An open quotation mark swallows the rows after it: no telling which of them were good.
                raise UnreadableUpload(
                    f"A quotation mark opened on line {line} is not closed, so the rows after it cannot be "
                    "told apart. Correct that line and upload the file again."
                )
            if reason or any(field and not field.isspace() for field in fields):
                yield line, last, fields, reason

    def _fault(self, fields: list[str]) -> str:
        if len(fields) != len(self._header):
            return f"the row has {len(fields)} fields where {len(self._header)} are expected"
        if max(map(len, fields)) > LONGEST_FIELD:
            return _TOO_LONG
        return ""

    def _key_of(self, fields: list[str]) -> str:
        place = self._places[self._key]
        return fields[place].strip()[:_LONGEST_KEY] if place < len(fields) else ""


def _contents(upload: bytes | Path, size: int) -> bytes:
    if isinstance(upload, Path):
        try:
            with upload.open("rb") as file:
                data = file.read(size + 1)
        except OSError as error:
            raise UnreadableUpload(f"{upload.name} cannot be opened: {error.strerror}.") from error
    else:
        data = upload
    if len(data) > size:
        raise UnreadableUpload(f"The file is larger than {size:,} bytes. Send it in parts.")
    for start, message in _NOT_TEXT.items():
        if data.startswith(start):
            raise UnreadableUpload(message)
    control = _CONTROL.search(data)
    if control:
        line = len(re.findall(rb"\r\n|\r|\n", data[: control.start()])) + 1
        raise UnreadableUpload(
            f"Line {line} holds byte {control[0][0]:02X} (hexadecimal), which no CSV file has. It may be a "
            f"workbook, a picture or UTF-16 text. {_SAVE_AS_CSV}"
        )
    return data


def _lines(data: bytes) -> Iterator[str]:
    """The physical lines, ends kept: UTF-8 with or without a byte order mark, else Windows-1252."""
    for encoding in ("utf-8-sig", "cp1252"):
        if _decodes(data, encoding):
            return _short_lines(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""))
    raise UnreadableUpload(f"The file is neither UTF-8 nor Windows-1252 text. {_SAVE_AS_CSV}")


def _decodes(data: bytes, encoding: str) -> bool:
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    try:
        while text.read(1 << 16):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _short_lines(text: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(text, 1):
        if len(line) > LONGEST_LINE:
            raise UnreadableUpload(f"Line {number} is over {LONGEST_LINE:,} characters long: this is not a table.")
        yield line


def _open_csv(lines: Iterator[str]) -> tuple["Reader", int]:
    """A csv reader that begins at the first line that is not blank, and how many lines come before that."""
    for before, first in enumerate(lines):
        if first.strip():
            delimiter = "\t" if "\t" in first and "," not in first else ","
            return csv.reader(chain([first], lines), delimiter=delimiter, strict=True), before
    raise UnreadableUpload("The file is empty.")


def _header(reader: "Reader") -> list[str]:
    try:
        header = [" ".join(title.split()) for title in next(reader)]
    except csv.Error as error:
        raise UnreadableUpload(f"The column names cannot be read: {_why(error)}.") from error
    twice = [title for title, n in Counter(_plain(title) for title in header if title).items() if n > 1]
    if twice:
        names = ", ".join(twice[:5])[:300]
        raise UnreadableUpload(f"Two columns have the same name: {names}. Take one of them out.")
    return header


def _find(header: list[str], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    places = {_plain(title): place for place, title in enumerate(header) if title}
    found = {}
    for name, titles in wanted.items():
        for title in titles:
            if _plain(title) in places:
                found[name] = places[_plain(title)]
                break
    return found


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _why(error: csv.Error) -> str:
    if "field limit" in str(error):
        return _TOO_LONG
    return "its quotation marks do not pair up"
