"""September: the school takes the programme, and gets its Link Adviser at the second proposal."""

from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import act, fact, follow, table
from tests.browser.school_year.year import Year

OBJECTION = "We have worked with this adviser in another role and would like a fresh pair of eyes."


def september(year: Year) -> None:
    _trained(year)
    _subscribed(year)
    _allocated(year)
    _agreed(year)


def _trained(year: Year) -> None:
    year.on(date(2011, 9, 5))
    page = year.before("manager", "Advisers")
    for name, trainings in {
        "Adviser": ["Data analysis"],
        "Adviser-2": ["Data analysis", "Performance management"],
    }.items():
        follow(page, name)
        for training in trainings:
            said = {"What the training was in": training, "Completed on": date(2011, 6, 30)}
            act(page, "Record training", "Record this training", said)
        expect(fact(page, "Valid training")).to_have_text(", ".join(trainings).capitalize())
        year.before("manager", "Advisers")


def _subscribed(year: Year) -> None:
    page = year.at("officer", "Programme")
    act(
        page,
        "Take the programme",
        "Take the programme for this year",
        {"First day, if it is not 1 September": date(2011, 9, 1)},
    )
    expect(fact(page, "Takes part")).to_contain_text("From 1 September 2011")
    page = year.at("head", "Charges")
    expect(page.get_by_text("Still to settle: £2,650.00.")).to_be_visible()
    [line] = table(page, "Charges for 2011-12, without VAT")
    assert line[:2] == ["Full service", "£2,650.00"]
    assert line[3:] == ["Journal", "Maintained", "1 September 2011", "Not exported yet"]


def _allocated(year: Year) -> None:
    year.on(date(2011, 9, 6))
    page = _adviser_page(year, "manager", "None today")
    propose = {"Adviser": "Adviser, 0 schools", "To begin on": date(2011, 9, 12)}
    act(page, "Propose an adviser", "Propose this adviser", propose)
    expect(fact(page, "Proposed")).to_contain_text("Adviser, to begin on 12 September 2011")

    year.on(date(2011, 9, 7))
    head = _adviser_page(year, "head", "None today")
    expect(fact(head, "Proposed")).to_contain_text("The school is asked to answer by")
    act(head, "Object to the proposed adviser", "Send this objection", {"Why, in your own words": OBJECTION})

    year.on(date(2011, 9, 8))
    page = _adviser_page(year, "manager", "None today")
    expect(fact(page, "Proposed")).to_contain_text("The school objected")
    expect(page.get_by_text(f"“{OBJECTION}”")).to_be_visible()
    act(page, "Propose an adviser", "Propose this adviser", propose | {"Adviser": "Adviser-2"})

    year.on(date(2011, 9, 9))
    head = _adviser_page(year, "head", "None today")
    act(head, "Accept the proposed adviser", "Accept this adviser")
    expect(fact(head, "To come")).to_contain_text("Adviser-2")
    steps = head.get_by_role("list").filter(has_text="The school accepted").get_by_role("listitem")
    expect(steps).to_contain_text(["Adviser-2", "Adviser-2", OBJECTION, "Proposed to the school: Adviser"])
    assert_accessible(head)


def _adviser_page(year: Year, person: str, link: str) -> Page:
    return follow(year.at(person, "Programme"), link)


def _agreed(year: Year) -> None:
    year.on(date(2011, 9, 12))
    page = year.at("adviser-2", "Programme")
    act(page, "Propose a programme", "Propose this programme", {"Programme": "Full: all four visits"})
    for person in ("head", "chair"):
        page = year.at(person, "Programme")
        expect(fact(page, "Agreed")).to_contain_text("Nothing is agreed for today")
        act(page, "Agree the proposed programme", "Agree this programme")
    expect(fact(page, "Agreed")).to_contain_text("Full programme, visits 1, 2, 3, 4, from 12 September 2011")
    expect(fact(page, "Link Adviser")).to_have_text("Adviser-2")
