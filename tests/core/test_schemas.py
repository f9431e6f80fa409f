"""One declaration, three readers: marshmallow at the door, JSON Schema and OpenAPI for others, and all three agree."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from msgspec import Meta
from openapi_spec_validator import validate

from services.core.commands import AcademicYear, Command, Reference, ShortText, Urn, registry
from services.core.schemas import Invalid, json_schema, load, openapi
from tests.core.toy import OpenTill, TakeCoin


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Row(msgspec.Struct, frozen=True):
    urn: Urn
    pence: Annotated[int, Meta(le=100)] = 0


class Everything(Command, frozen=True):
    """One field of every kind."""

    urn: Urn
    year: AcademicYear
    title: ShortText
    reference: Reference
    open: bool
    day: date
    at: datetime
    person: UUID
    route: Literal["journal", "invoice"]
    colour: Colour
    row: Row
    rows: tuple[Row, ...] = ()
    pence: dict[str, int] = msgspec.field(default_factory=dict)
    most: Annotated[int, Meta(ge=1)] | None = None
    note: ShortText | None = None
    free: str = ""


GOOD: dict[str, Any] = {
    "urn": 120777,
    "year": 2022,
    "title": "A visit",
    "reference": "visit-1",
    "open": True,
    "day": "2022-09-01",
    "at": "2022-09-01T09:30:00+00:00",
    "person": "0d9d1ba4-6f1c-4d1c-9a35-2c6f2f1b7f0e",
    "route": "journal",
    "colour": "red",
    "row": {"urn": 120777},
}


def wrong(data: Any, cls: type[msgspec.Struct] = Everything) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as caught:
        load(cls, data)
    return dict(caught.value.errors)


def test_every_kind_of_field_is_loaded_as_its_type() -> None:
    more = {"rows": [{"urn": 120778, "pence": 5}], "pence": {"a": 1}, "most": 3, "note": "yes", "free": "\n"}
    assert load(Everything, GOOD | more) == Everything(
        urn=120777,
        year=2022,
        title="A visit",
        reference="visit-1",
        open=True,
        day=date(2022, 9, 1),
        at=datetime(2022, 9, 1, 9, 30, tzinfo=UTC),
        person=UUID("0d9d1ba4-6f1c-4d1c-9a35-2c6f2f1b7f0e"),
        route="journal",
        colour=Colour.RED,
        row=Row(120777),
        rows=(Row(120778, 5),),
        pence={"a": 1},
        most=3,
        note="yes",
        free="\n",
    )


def test_what_is_left_out_takes_its_default() -> None:
    loaded = load(Everything, GOOD)
    assert (loaded.rows, loaded.pence, loaded.most, loaded.note, loaded.free) == ((), {}, None, None, "")


def test_a_form_sends_text_and_it_is_understood() -> None:
    assert load(TakeCoin, {"urn": " 120777 ", "pence": "50"}) == TakeCoin(120777, 50)
    assert load(Everything, GOOD | {"open": "false"}).open is False


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("urn", None, "Enter a value"),
        ("urn", "", "Enter a whole number"),
        ("urn", "12O777", "Enter a whole number"),
        ("urn", "1_20777", "Enter a whole number"),
        ("urn", "١٢٠٧٧٧", "Enter a whole number"),
        ("urn", 120777.5, "Enter a whole number"),
        ("urn", True, "Enter a whole number"),
        ("urn", [120777], "Enter a whole number"),
        ("urn", float("nan"), "Enter a whole number"),
        ("urn", 99_999, "Enter a number from 100000 to 999999"),
        ("title", "", "Enter a value"),
        ("title", "x" * 201, "Enter at most 200 characters"),
        ("title", 5, "Enter text"),
        ("free", json.loads('"\\ud800"'), "Enter text"),
        ("free", "a\x00b", "Type this again: it holds control characters, which can't be seen"),
        ("free", "\x1b[2J", "Type this again: it holds control characters, which can't be seen"),
        ("reference", "no spaces", "An identifier without spaces"),
        ("reference", "visit-1\n", "An identifier without spaces"),
        ("open", "perhaps", "Choose yes or no"),
        ("day", "2022-02-30", "Enter a real date, such as 2022-09-01"),
        ("day", "20220901", "Enter a real date, such as 2022-09-01"),
        ("day", "2022-W35-4", "Enter a real date, such as 2022-09-01"),
        ("day", 5, "Enter a real date, such as 2022-09-01"),
        ("day", "9999-12-31", "Enter a year from 1000 to 2199"),
        ("day", "0001-01-01", "Enter a year from 1000 to 2199"),
        ("at", "9999-12-31T23:59:59Z", "Enter a year from 1000 to 2199"),
        ("at", "2022-09-01T09:30:00", "Enter a real date and time with its zone, such as 2022-09-01T09:30:00Z"),
        ("person", "nobody", "Enter an identifier such as 0d9d1ba4-6f1c-4d1c-9a35-2c6f2f1b7f0e"),
        ("route", "cash", "Choose one of: journal, invoice"),
        ("colour", "green", "Choose one of: red, blue"),
        ("rows", "one", "Enter a list"),
        ("pence", "one", "Enter names with their values"),
        ("most", 0, "Enter 1 or more"),
        ("most", 2**53, "Enter a smaller whole number"),
        ("note", "", "Enter a value"),
        ("colour_of_the_sky", "blue", "There is no field of this name"),
    ],
)
def test_what_does_not_fit_is_named_in_plain_words(field: str, value: Any, words: str) -> None:
    assert words in wrong(GOOD | {field: value})[field]


def test_what_is_missing_is_named_field_by_field() -> None:
    assert wrong({}, TakeCoin) == {"urn": ["Enter a value"], "pence": ["Enter a value"]}


def test_what_is_wrong_within_is_named_by_its_place() -> None:
    rows = [{"urn": 120777}, {}, {"urn": 120777, "pence": 101}]
    found = wrong(GOOD | {"row": {"urn": 5}, "rows": rows, "pence": {"a": "b"}})
    assert found == {
        "row.urn": ["Enter a number from 100000 to 999999"],
        "rows.1.urn": ["Enter a value"],
        "rows.2.pence": ["Enter 100 or less"],
        "pence.a.value": ["Enter a whole number"],
    }


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_form_at_all_is_refused(data: Any) -> None:
    assert wrong(data, OpenTill) == {"_schema": ["Enter fields with their values"]}


def test_the_text_of_the_refusal_names_every_field() -> None:
    with pytest.raises(Invalid, match="urn: Enter a value; pence: Enter a whole number"):
        load(TakeCoin, {"pence": "x"})


def test_the_json_schema_is_one_and_says_what_it_is_about() -> None:
    schema = json_schema(Everything)
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Everything"
    assert schema["description"] == "One field of every kind."
    assert schema["additionalProperties"] is False
    assert schema["properties"]["urn"]["description"].startswith("Unique Reference Number")


_json_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.integers(99_990, 1_000_010),
    st.sampled_from([1, 100, 101, 2022, 120777.0, 1.5, "", "x", "a b", "red", "green", "journal", "2022-09-01"]),
    st.sampled_from(["2022-9-1", "20220901", "2022-02-30", *(str(value) for value in GOOD.values())]),
    st.text(max_size=5),
    st.just("x" * 201),
    st.lists(st.fixed_dictionaries({}, optional={"urn": st.integers(99_999, 100_001), "pence": st.integers(99, 101)})),
    st.dictionaries(st.sampled_from(["urn", "pence", "x"]), st.sampled_from([1, 120777, "x", None]), max_size=2),
)
_changed = st.dictionaries(st.sampled_from([*Everything.__struct_fields__, "stranger"]), _json_values, max_size=3)
_check = Draft202012Validator(json_schema(Everything), format_checker=FormatChecker())


@given(changed=_changed, missing=st.sets(st.sampled_from(sorted(GOOD)), max_size=1))
def test_marshmallow_and_the_json_schema_agree(changed: dict[str, Any], missing: set[str]) -> None:
    data = {name: value for name, value in (GOOD | changed).items() if name not in missing}
    if _told_apart_by_marshmallow_only(data):
        return
    try:
        load(Everything, data)
        accepted = True
    except Invalid:
        accepted = False
    assert accepted == _check.is_valid(data), list(_check.iter_errors(data))


def _told_apart_by_marshmallow_only(data: dict[str, Any]) -> bool:
    """What a form sends as text is more than JSON allows: numbers, yes and no. And JSON Schema knows no zones."""
    number_as_text = any(isinstance(data.get(name), str) for name in ("urn", "year", "most"))
    flag_as_text = not isinstance(data.get("open"), bool)
    other_at = data.get("at") != GOOD["at"]
    other_person = data.get("person") != GOOD["person"]
    nested = [data.get("row"), data.get("pence"), *(data["rows"] if isinstance(data.get("rows"), list) else [])]
    text_within = any(isinstance(value, str) for each in nested if isinstance(each, dict) for value in each.values())
    return number_as_text or flag_as_text or other_at or other_person or text_within


def test_the_openapi_document_is_valid_and_has_every_message() -> None:
    messages = {name: cls for name, cls in registry.items() if name.startswith("toy.")}
    document = openapi(messages, "Toy", "1")
    validate(document)
    assert set(document["paths"]) == {f"/{name.replace('.', '/')}" for name in messages}
    assert document["paths"]["/toy/OpenTill"]["post"]["summary"] == "Open the till of a school."
    body = document["components"]["schemas"]["toy.TakeCoin"]
    assert body["required"] == ["pence", "urn"]
    assert body["properties"]["pence"] == {"type": "integer", "minimum": 1, "maximum": 200}
