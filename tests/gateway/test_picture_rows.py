"""A picture of a school in words."""

from datetime import date

import pytest

from gateway.picture_rows import programme_rows
from services.analytics.picture import (
    ActionSeen,
    ConcernSeen,
    Grades,
    RecordSeen,
    RiskSeen,
    SchoolPicture,
    SefSeen,
    TargetsSeen,
    VisitSeen,
)

DAY = date(2022, 10, 3)


def test_all_that_a_year_left_behind() -> None:
    picture = SchoolPicture(
        urn=120777,
        adviser="adviser-07",
        visits={"2022-1": VisitSeen("held", DAY), "2022-ip": VisitSeen("on_hold"), "2022-2": VisitSeen("planned", DAY)},
        records={"2022-1": RecordSeen(2, DAY), "2022-annual-report": RecordSeen(1, DAY, "accurate")},
        targets={2012: TargetsSeen(1, "sanctioned", (), "SI 2004/2858"), 2013: TargetsSeen(2, "proposed")},
        grades={"2012-01": {"Achievement": Grades("Good", None, "Satisfactory", disputed=True)}},
        actions={"a": ActionSeen("Moderate writing", "headteacher", DAY)},
        concerns={"c": ConcernSeen("Behaviour", "told")},
        risk=RiskSeen("red-amber", "improving"),
        calls=1,
    )
    assert dict(programme_rows(picture)) == {
        "Link Adviser": "adviser-07",
        "Visit 1, 2022-23": "Held on 3 October 2022",
        "Visit 2, 2022-23": "Planned for 3 October 2022",
        "IP day, 2022-23": "On hold for an inspection",
        "Record of visit 1, 2022-23": "Version 2 issued on 3 October 2022, not answered yet",
        "Annual report to governors, 2022-23": "Version 1 issued on 3 October 2022, called accurate",
        "Targets for 2012": "Version 1 sanctioned, statutory under SI 2004/2858",
        "Targets for 2013": "Version 2 proposed",
        "Achievement (framework 2012-01)": "School: Good; agreed: not agreed; authority: Satisfactory",
        "Open actions": "1: Moderate writing (headteacher, by 3 October 2022)",
        "Open concerns": "Behaviour (told)",
        "Rating of risk (no forecast of an inspection)": "red-amber, improving",
        "Help-line": "1 call",
    }


@pytest.mark.parametrize(
    ("sef", "words"),
    [
        (SefSeen(due=DAY), "Due by 3 October 2022"),
        (SefSeen(due=DAY, overdue=True), "Due by 3 October 2022, overdue"),
        (SefSeen(DAY, True, DAY, 2), "Received on 3 October 2022, 2 days late"),
        (SefSeen(DAY, False, DAY, 0), "Received on 3 October 2022, on time"),
    ],
)
def test_how_a_sef_stands(sef: SefSeen, words: str) -> None:
    assert list(programme_rows(SchoolPicture(urn=120777, sefs={2022: sef}))) == [("SEF of 2022-23", words)]


def test_a_school_without_a_programme_has_no_such_rows() -> None:
    assert list(programme_rows(SchoolPicture(urn=120777))) == []
