"""Reads schools from any GIAS extract, or from the performance tables' list of schools (the spine)."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from services.core.cells import BadCell, Cells, Firsts
from services.core.uploads import DEFAULT_LIMITS, Limits, RefusedRow, Table, UnreadableUpload
from services.scheduling.gias_words import (
    GROUP_OF_TYPE,
    GROUPS,
    PHASES,
    SPINE_GROUPS,
    SPINE_TYPES,
    STATUSES,
    TYPES,
    known,
)


class SchoolRow(Struct, frozen=True, gc=False):
    """One school in the words of GIAS. Text left blank is ""; codes are text with their leading zeros."""

    urn: int
    name: str
    la_code: str
    establishment_number: str
    type_name: str
    type_group: str
    status: str
    phase: str
    low_age: int | None
    high_age: int | None
    open_date: date | None
    close_date: date | None
    religious_character: str
    admissions_policy: str
    capacity: int | None
    pupils: int | None
    street: str
    locality: str
    address3: str
    town: str
    postcode: str
    district: str
    website: str
    last_changed: date | None


class SchoolExtract(Struct, frozen=True):
    """What one file held.

    `carried` names the SchoolRow fields that the file has columns for: a blank in any other says nothing.
    `repeated` counts rows that were the same again as an earlier row of their URN. `lines` says where each row begins.
    """

    rows: list[SchoolRow]
    lines: list[int]
    refused: list[RefusedRow]
    repeated: int
    carried: frozenset[str]


# A full extract also names the head teacher: those columns are never asked for, so never read.
_WANTED = {
    "urn": ("URN",),
    "name": ("EstablishmentName", "SCHNAME", "School name"),
    "la_code": ("LA (code)", "LA", "LEA"),
    "establishment_number": ("EstablishmentNumber", "ESTAB"),
    "type_name": ("TypeOfEstablishment (name)", "NFTYPE", "SCHOOLTYPE"),
    "type_group": ("EstablishmentTypeGroup (name)",),
    "status": ("EstablishmentStatus (name)", "SCHSTATUS"),
    "phase": ("PhaseOfEducation (name)",),
    "low_age": ("StatutoryLowAge", "AGEL", "AGELOW"),
    "high_age": ("StatutoryHighAge", "AGEH", "AGEHIGH"),
    "open_date": ("OpenDate",),
    "close_date": ("CloseDate",),
    "religious_character": ("ReligiousCharacter (name)", "RELDENOM", "RELCHAR"),
    "admissions_policy": ("AdmissionsPolicy (name)", "ADMPOL"),
    "capacity": ("SchoolCapacity",),
    "pupils": ("NumberOfPupils",),
    "street": ("Street",),
    "locality": ("Locality",),
    "address3": ("Address3",),
    "town": ("Town",),
    "postcode": ("Postcode",),
    "district": ("DistrictAdministrative (name)",),
    "website": ("SchoolWebsite",),
    "last_changed": ("LastChangedDate",),
    "minor_group": ("MINORGROUP",),
    "iclose": ("ICLOSE",),
    "is_primary": ("ISPRIMARY",),
    "is_secondary": ("ISSECONDARY",),
    "is_post16": ("ISPOST16",),
    "rectype": ("RECTYPE",),
}
_SPINE_STATUS = {"1": "Open", "2": "Closed"}


def read_schools(upload: bytes | Path, limits: Limits = DEFAULT_LIMITS) -> SchoolExtract:
    """Every school of a file, and every row that could not be taken with its reason.

    Raises UnreadableUpload where the file as a whole cannot be read as a list of schools.
    """
    table = Table(upload, _WANTED, key="urn", limits=limits)
    _check_columns(table)
    rows: list[SchoolRow] = []
    lines: list[int] = []
    firsts = Firsts[SchoolRow]()
    repeated = 0
    for row in table.rows():
        try:
            school = _school(Cells(table.titles, row.values))
            if firsts.is_new(f"URN {school.urn}", school, row.line):
                rows.append(school)
                lines.append(row.line)
            else:
                repeated += 1
        except BadCell as fault:
            table.refuse(row, str(fault))
    derived = {"type_group", "status", "phase"}
    carried = frozenset(derived.union(table.titles).intersection(SchoolRow.__struct_fields__))
    return SchoolExtract(rows, lines, table.refused, repeated, carried)


def _check_columns(table: Table) -> None:
    if "rectype" in table.titles:
        raise UnreadableUpload("This is a table of results (it has a RECTYPE column), not a list of schools.")
    table.require("name", "la_code", "establishment_number", "type_name")
    if "status" not in table.titles:
        # ICLOSE 1 is "open" in the spine and "closed" in the results tables; only the spine has MINORGROUP.
        table.require("iclose", "minor_group")
    if "phase" not in table.titles:
        table.require("is_primary", "is_secondary", "is_post16")


def _school(cells: Cells) -> SchoolRow:
    urn = cells.urn("urn")
    type_name = _type_name(cells)
    type_group = _type_group(cells, type_name)
    low_age, high_age = cells.whole("low_age", 0, 99), cells.whole("high_age", 0, 99)
    open_date, close_date = cells.day("open_date"), cells.day("close_date")
    if open_date and close_date and close_date < open_date:
        raise BadCell(f"it closes on {close_date} before it opens on {open_date}")
    return SchoolRow(
        urn=urn,
        name=cells.needed("name"),
        la_code=cells.needed("la_code") and cells.code("la_code", r"\d{3}", "a three-figure code"),
        establishment_number=cells.code("establishment_number", r"\d{1,4}", "a number of up to four figures"),
        type_name=type_name,
        type_group=type_group,
        status=_status(cells),
        phase=_phase(cells, type_name, type_group, low_age, high_age),
        low_age=low_age,
        high_age=high_age,
        open_date=open_date,
        close_date=close_date,
        religious_character=cells.text("religious_character"),
        admissions_policy=cells.text("admissions_policy"),
        capacity=cells.whole("capacity", 0, 99_999),
        pupils=cells.whole("pupils", 0, 99_999),
        street=cells.text("street"),
        locality=cells.text("locality"),
        address3=cells.text("address3"),
        town=cells.text("town"),
        postcode=cells.text("postcode").upper(),
        district=cells.text("district"),
        website=cells.text("website"),
        last_changed=cells.day("last_changed"),
    )


def _type_name(cells: Cells) -> str:
    text = " ".join(cells.needed("type_name").split())
    name = known(SPINE_TYPES.get(text, text), TYPES)
    return name or cells.refuse("type_name", f"the types known are {'; '.join(TYPES)}")


def _type_group(cells: Cells, type_name: str) -> str:
    group = GROUP_OF_TYPE[type_name]
    stated = cells.text("type_group")
    if stated and known(stated, GROUPS) is None:
        cells.refuse("type_group", f"the groups known are {'; '.join(GROUPS)}")
    if stated and known(stated, (group,)) is None:
        cells.refuse("type_group", f"a {type_name} belongs to {group}")
    minor = cells.text("minor_group")
    if minor and known(minor, ("Special School", SPINE_GROUPS.get(group, ""))) is None:
        cells.refuse("minor_group", f"a {type_name} belongs to {SPINE_GROUPS.get(group, 'Special School')}")
    return group


def _status(cells: Cells) -> str:
    iclose = cells.text("iclose")
    if not cells.has("status"):
        return _SPINE_STATUS.get(iclose) or cells.refuse("iclose", "1 (open) or 2 (closed) is expected")
    return known(cells.text("status"), STATUSES) or cells.refuse(
        "status", f"the statuses known are {'; '.join(STATUSES)}"
    )


def _phase(cells: Cells, type_name: str, group: str, low_age: int | None, high_age: int | None) -> str:
    if cells.has("phase"):
        return known(cells.text("phase"), PHASES) or cells.refuse("phase", f"the phases known are {'; '.join(PHASES)}")
    if group in ("Special schools", "Independent schools") or "special" in type_name:
        return "Not applicable"
    match tuple(cells.text(flag) for flag in ("is_primary", "is_secondary", "is_post16")):
        case ("1", "0", "0"):
            return "Primary"
        case ("0", "1", _):
            return "Secondary"
        case ("0", "0", "1"):
            return "16 plus"
        case ("1", "1", _) if low_age is not None and high_age is not None and low_age < 7 and high_age > 14:
            return "All-through"
    raise BadCell("its phase cannot be told from ISPRIMARY, ISSECONDARY, ISPOST16 and the ages")
