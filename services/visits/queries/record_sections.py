"""The sections of a document as one reader may see them."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from services.visits.forms import Section
from services.visits.queries.record_access import Access
from services.visits.queries.record_header import Header
from services.visits.queries.record_texts import Redacted, Texts


class SectionLine(Struct, frozen=True):
    """A section. `hidden` from this reader until it is issued; `revision` 0 when nothing was saved; `prefill` is what
    the year's issued records give to begin with."""

    part: str
    section: str
    title: str
    hint: str
    required: bool
    choices: tuple[str, ...] = ()
    revision: int = 0
    text: str | None = None
    redacted: Redacted | None = None
    hidden: bool = False
    saved_on: date | None = None
    prefill: str | None = None


def asked_for(form: tuple[Section, ...], header: Header) -> tuple[Section, ...]:
    """The sections less the aspects that are not on the agenda (VR4). While there is no agenda, all are on the menu."""
    on_agenda = {item.aspect for item in header.agenda if item.aspect}
    return tuple(each for each in form if not each.aspect or not header.agenda or each.aspect in on_agenda)


def as_issued(form: tuple[Section, ...], issued: Mapping[str, int], texts: Texts) -> tuple[SectionLine, ...]:
    """What a version says: the sections that it has."""
    return tuple(_line(each, issued[each.section], texts) for each in form if issued.get(each.section))


def as_it_stands(
    form: tuple[Section, ...], header: Header, allowed: Access, issued: Mapping[str, int], texts: Texts
) -> tuple[SectionLine, ...]:
    """The working text, or for those who may not see a draft what was issued last."""
    asked, lines = asked_for(form, header), []
    for each in form:
        seen = allowed.school_part if each.part == "school" else allowed.adviser_part
        revision = (texts.latest if seen else issued).get(each.section, 0)
        if revision or each in asked:
            lines.append(_line(each, revision, texts, hidden=not seen and not issued))
    return tuple(lines)


def redactable(form: tuple[Section, ...], texts: Texts) -> tuple[tuple[str, str], ...]:
    """Code and title of each section that holds a text."""
    held = ((each, texts.read(each.section, texts.latest.get(each.section, 0))) for each in form)
    return tuple((each.section, each.title) for each, text in held if text and not text.redacted)


def _line(section: Section, revision: int, texts: Texts, *, hidden: bool = False) -> SectionLine:
    text = texts.read(section.section, revision)
    return SectionLine(
        part=section.part,
        section=section.section,
        title=section.title,
        hint=section.hint,
        required=section.required,
        choices=section.choices,
        revision=revision,
        text=text.words if text else None,
        redacted=text.redacted if text else None,
        hidden=hidden,
        saved_on=text.on if text else None,
    )
