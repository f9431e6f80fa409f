"""The editor of a record, the issued record and its answer, as a browser without script meets them."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from gateway.pages import records
from gateway.pdf import NoPdf
from tests.gateway.county import County
from tests.gateway.papers import needs_pango
from tests.gateway.reading import table, words
from tests.gateway.records import ADVISER, COLLEAGUE, MANAGER, MET, YEAR, Desk
from tests.gateway.visits import Browser, hidden_fields

URN = 120856
"""A school that only these tests look at."""


@pytest.fixture(scope="module")
def desk(county: County) -> Desk:
    desk = Desk(county, URN)
    desk.issue("3")
    return desk


@pytest.fixture
def adviser(desk: Desk) -> Browser:
    return desk.visit(ADVISER)


def test_there_is_no_address_for_a_record_of_visit_4(adviser: Browser) -> None:
    for more in ("", "/edit", "/review", "/hand-over"):
        assert adviser.open(f"/schools/{URN}/records/{YEAR}/4{more}").status_code == 404


def test_vr2_visit_4_is_not_in_the_list(adviser: Browser) -> None:
    page = adviser.open(f"/schools/{URN}/records").text
    documents = [row[0] for row in table(page, "2022-23")[1:]]
    records_of_visits = ["Record of visit 1", "Record of visit 2", "Record of visit 3", "Record of the IP day"]
    assert documents == [*records_of_visits, "Annual report to governors"]
    assert "Visit 4 leaves no record" in page


def test_what_is_changed_is_saved_and_what_is_not_is_left(desk: Desk, adviser: Browser) -> None:
    address = desk.address("1", "edit")
    saved = adviser.fill_in(address, strengths="Reading\r\nand writing", development="Mathematics")
    assert saved.location == address
    page = adviser.open(address)
    assert "Saved" in words(page.text)
    assert "Reading\nand writing</textarea>" in page.text
    again = adviser.send(address, **hidden_fields(page), strengths="Reading\r\nand writing", development="Mathematics")
    assert again.location == address
    assert "Nothing had changed" in adviser.open(address).text
    assert hidden_fields(page)["revision-strengths"] == "1"


def test_sent_twice_is_saved_once(desk: Desk, adviser: Browser) -> None:
    address = desk.address("1", "edit")
    form = hidden_fields(adviser.open(address)) | {"rationale": "Attendance"}
    for _ in range(2):
        assert adviser.send(address, **form).location == address
    assert hidden_fields(adviser.open(address))["revision-rationale"] == "1"


def test_of_two_who_save_one_section_the_second_sees_both_texts_and_merges_them(desk: Desk) -> None:
    head, chair = desk.visit(desk.head), desk.visit(desk.chair)
    address = desk.address("2", "edit")
    forms = [hidden_fields(browser.open(address)) for browser in (head, chair)]
    assert head.send(address, **forms[0], **{"self-evaluation": "Outstanding"}).status_code == 303
    clash = chair.send(address, **forms[1], **{"self-evaluation": "Good", "items": "Phonics"})
    assert clash.status_code == 422
    assert "There is a problem" in clash.text
    assert "Somebody saved this section after you opened it" in clash.text
    assert "Outstanding" in words(clash.text), "theirs"
    assert "Good</textarea>" in clash.text, "and one's own"
    page = words(chair.open(address).text)
    assert "Phonics" in page, "what nobody else had touched is saved"
    merged = chair.send(address, **hidden_fields(clash), **{"self-evaluation": "Good to outstanding"})
    assert merged.status_code == 303
    assert "Good to outstanding</textarea>" in head.open(address).text


def test_somebody_elses_saving_is_no_clash_where_nothing_was_typed(desk: Desk) -> None:
    head, chair = desk.visit(desk.head), desk.visit(desk.chair)
    address = desk.address("ip", "edit")
    before = chair.open(address)
    head.fill_in(address, context="Two new teachers")
    untouched = hidden_fields(before) | {"context": "", "priorities": "Writing"}
    assert chair.send(address, **untouched).status_code == 303
    page = chair.open(address).text
    assert "Two new teachers</textarea>" in page
    assert "Writing</textarea>" in page


def test_the_head_writes_the_schools_part_and_is_shown_none_of_the_draft(desk: Desk, adviser: Browser) -> None:
    adviser.fill_in(desk.address("1", "edit"), support="None asked for so far")
    page = desk.visit(desk.head).open(desk.address("1", "edit")).text
    assert 'id="analysis"' in page
    assert 'id="strengths"' not in page
    assert "None asked for so far" not in page
    assert "You will see it when it is" in words(page)


def test_who_may_not_write_is_led_to_the_text_as_it_stands(desk: Desk) -> None:
    for person in (COLLEAGUE, MANAGER, "demo-auditor"):
        assert desk.visit(person).open(desk.address("1", "edit")).location == desk.address("1")


def test_a_section_with_choices_takes_no_other_words(desk: Desk, adviser: Browser) -> None:
    address = desk.address("2", "edit")
    wrong = adviser.fill_in(address, **{"pm-monitoring": "yes, and her objective is attendance"})
    assert wrong.status_code == 422
    assert "Nothing more is recorded here" in wrong.text
    assert adviser.fill_in(address, **{"pm-monitoring": "not seen"}).status_code == 303


def test_the_criteria_are_judged_at_the_save_and_as_one_types(desk: Desk, adviser: Browser) -> None:
    form = hidden_fields(adviser.open(desk.address("1", "edit")))
    typed = form | {"rationale": "The headteacher's objectives", "recommendations": "Mark weekly"}
    judged = words(adviser.send(desk.address("1", "check"), **typed).text)
    assert "Met Key recommendations are present" in judged
    assert "“headteacher's objectives” in Rationale for performance" in judged
    assert "<html" not in adviser.send(desk.address("1", "check"), **typed).text
    assert "Still empty" in words(adviser.open(desk.address("1", "edit")).text)
    assert desk.visit(desk.head).send(desk.address("1", "check"), **typed).status_code == 400, "no token of theirs"


def test_from_hand_over_to_the_heads_answer(desk: Desk, adviser: Browser) -> None:
    desk.write("ip")
    ready = adviser.fill_in(desk.address("ip", "edit"), step="hand-over")
    assert ready.location == desk.address("ip", "hand-over")
    assert adviser.fill_in(ready.location).location == desk.address("ip")
    assert adviser.open(desk.address("ip", "edit")).location == desk.address("ip")
    desk.do("PassRecord", MANAGER, "ip", results=MET)
    assert adviser.fill_in(desk.address("ip", "issue")).location == desk.address("ip")

    head = desk.visit(desk.head)
    assert "Issued, to be answered" in head.open(f"/schools/{URN}/records").text
    page = words(head.open(desk.address("ip", 1)).text)
    assert "Version 1 issued on" in page
    assert "Strengths Strengths: as we saw." in page
    assert "Headteacher (whole visit); Chair of governors (part of it)" in page
    assert "Answer this record" in page
    assert "Answer this record" not in desk.visit(desk.chair).open(desk.address("ip", 1)).text

    answer = f"{desk.address('ip', 'answer')}?version=1"
    wrong = head.fill_in(answer, answer="inaccurate")
    assert wrong.status_code == 422
    assert "Say what is inaccurate" in wrong.text
    assert head.fill_in(answer, answer="inaccurate", words="It was two hours, not three").location == desk.address("ip")
    page = words(desk.visit(desk.chair).open(desk.address("ip", 1)).text)
    assert "The head answered on" in page
    assert "inaccurate. “It was two hours, not three”" in page

    refused = adviser.fill_in(desk.address("ip", "refuse"), words="The diary says three")
    assert refused.location == desk.address("ip")
    assert "It stays as it was issued: The diary says three" in words(head.open(desk.address("ip", 1)).text)

    needs_reason = adviser.fill_in(desk.address("ip", "correct"))
    assert needs_reason.status_code == 422
    assert adviser.fill_in(desk.address("ip", "correct"), reason="The diary was wrong").location == desk.address("ip")
    assert "Being corrected" in words(head.open(f"/schools/{URN}/records").text)
    assert "Strengths: as we saw." in words(head.open(desk.address("ip")).text), "as it was issued"


@needs_pango
def test_an_issued_record_is_read_as_tagged_pdf(desk: Desk) -> None:
    answer = desk.visit(desk.chair).open(desk.address("3", 1, "pdf"))
    assert answer.mimetype == "application/pdf"
    assert 'filename="record-2022-3-v1-120856.pdf"' in answer.headers["Content-Disposition"]
    reader = PdfReader(BytesIO(answer.data))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Effectiveness of improvement planning: as we saw." in " ".join(text.split())
    assert "Version 1, issued on" in text
    last = desk.county.ask("visits.Readings", urn=URN)[0]
    assert (last.reader, last.paper) == (desk.chair, "record-2022-3-v1")


def test_a_machine_that_makes_no_pdf_says_so_and_shows_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> bytes:
        raise NoPdf("This machine can't make PDF files. Print the page instead.")

    monkeypatch.setattr(records, "pdf_of", none)
    browser = desk.visit(desk.head)
    assert browser.open(desk.address("3", 1, "pdf")).location == desk.address("3", 1)
    assert "Print the page instead" in browser.open(desk.address("3", 1)).text


def test_a_version_that_was_not_issued_is_not_found(desk: Desk) -> None:
    browser = desk.visit(desk.head)
    assert browser.open(desk.address("3", 7)).status_code == 404
    assert browser.open(desk.address("3", 7, "pdf")).status_code == 404
    assert browser.open(desk.address("3", "burn")).status_code == 404


def test_the_head_of_another_school_sees_none_of_it(desk: Desk, county: County) -> None:
    other = county.visit("head120777")
    for address in (desk.address("3", 1), desk.address("3", 1, "pdf"), desk.address("3", "edit")):
        assert other.open(address).status_code == 403
    assert other.open(f"/schools/{URN}/records").status_code == 403


def test_edge_pm_content_typed_in_the_wrong_place_shows_only_that_it_was_redacted(desk: Desk, adviser: Browser) -> None:
    adviser.fill_in(desk.address("2", "edit"), activities="Her objective is attendance")
    officer = desk.visit("demo-dpo")
    page = officer.open(desk.address("2")).text
    assert "Redact a section" in page
    assert "Her objective" not in page, "what to redact is found by its section"
    address = desk.address("2", "redact")
    typed = {"section": "activities", "rule": "performance management is not recorded"}
    assert officer.fill_in(address, **typed).status_code == 422
    assert officer.fill_in(address, **typed, reason="Reported by the head").location == desk.address("2")
    page = adviser.open(desk.address("2")).text
    assert "Her objective" not in page
    assert "performance management is not recorded. What stood here was destroyed." in words(page)
    assert "What stood here was destroyed" in adviser.open(desk.address("2", "edit")).text
    assert "Redact a section" not in page


def test_the_annual_report_begins_with_what_was_issued(desk: Desk, adviser: Browser) -> None:
    page = adviser.open(desk.address("annual-report", "edit")).text
    assert "From the record of visit 3:" in page
    assert "Begun from the year’s records" in page
    form = hidden_fields(adviser.open(desk.address("annual-report", "edit")))
    assert adviser.send(desk.address("annual-report", "edit"), **form, improvement="All well").status_code == 303
    assert "All well</textarea>" in adviser.open(desk.address("annual-report", "edit")).text
