"""A document as pages ask for it: its text, who may write in it, and that it was opened."""

from typing import Any
from uuid import uuid4

from flask import abort

from gateway.clients import Answer, Invalid
from gateway.visitor import ask, clients, visitor

WRITTEN = ("none", "writing")
"""The phases in which a document is written."""


def the_record(urn: int, year: int, document: str, version: int | None = None) -> Answer:
    """A document (visits.Record). Not found when there is no such version; raises Forbidden."""
    try:
        return ask("visits.Record", urn=urn, year=year, document=document, version=version)
    except Invalid as invalid:
        abort(404, str(invalid))


def name_of(paper: Any) -> str:
    """How the reading log calls a document: record-2011-1-v2."""
    return f"record-{paper.year}-{paper.document}-v{paper.version}"


def note_opened(urn: int, paper: str) -> None:
    """Put the reader into the school's reading log."""
    fields = {"urn": urn, "paper": paper}
    clients().handle("visits.NotePaperOpened", fields, person=visitor().person, command_id=uuid4())


def writable_parts(paper: Any) -> set[str]:
    """The parts in which the person of the page may write now: the school's, the adviser's, or neither."""
    person, parts = visitor().person, set()
    if not paper.sent and paper.urn in clients().schools(person):
        parts.add("school")
    if paper.phase in WRITTEN and paper.author and paper.author.id == person:
        parts.add("adviser")
    return parts & {line.part for line in paper.sections}
