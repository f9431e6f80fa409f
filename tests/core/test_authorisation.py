"""Who may do what, and when: a table."""

from datetime import date

import pytest

from services.core.authorisation import Actor, Forbidden, Role, Rule, Tenure, allow, authorise

HEAD_OF_777 = Tenure(Role.HEADTEACHER, 120777, date(2022, 9, 1), date(2023, 9, 1))
HEAD_TO_COME = Tenure(Role.HEADTEACHER, 120777, date(2023, 9, 1))
CHAIR_OF_777 = Tenure(Role.CHAIR, 120777, date(2020, 1, 1))
ADVISER = Tenure(Role.ADVISER, None, date(2022, 9, 1))
FINANCE = Tenure(Role.FINANCE, None, date(2010, 4, 1), date(2022, 9, 1))
MIDWINTER = date(2023, 1, 15)
RULE = allow(Role.ADVISER, Role.HEADTEACHER)

TABLE = [
    # tenures, school asked about, day, the role that allows it (None: forbidden)
    ([], 120777, MIDWINTER, None),
    ([HEAD_OF_777], 120777, MIDWINTER, "headteacher"),
    ([HEAD_OF_777], 120778, MIDWINTER, None),
    ([HEAD_OF_777], None, MIDWINTER, None),
    ([HEAD_OF_777], 120777, date(2022, 8, 31), None),
    ([HEAD_OF_777], 120777, date(2022, 9, 1), "headteacher"),
    ([HEAD_OF_777], 120777, date(2023, 8, 31), "headteacher"),
    ([HEAD_OF_777], 120777, date(2023, 9, 1), None),
    ([HEAD_TO_COME], 120777, date(2023, 9, 1), "headteacher"),
    ([HEAD_TO_COME], 120777, date(2023, 8, 31), None),
    ([CHAIR_OF_777], 120777, MIDWINTER, None),
    ([ADVISER], 120777, MIDWINTER, "adviser"),
    ([ADVISER], None, MIDWINTER, "adviser"),
    ([ADVISER], 120777, date(2022, 8, 31), None),
    ([FINANCE], 120777, MIDWINTER, None),
    ([FINANCE, ADVISER, HEAD_OF_777], 120777, MIDWINTER, "adviser"),
    ([FINANCE, HEAD_OF_777], 120777, MIDWINTER, "headteacher"),
]


@pytest.mark.parametrize(("tenures", "urn", "day", "role"), TABLE)
def test_the_table(tenures: list[Tenure], urn: int | None, day: date, role: str | None) -> None:
    if role is None:
        with pytest.raises(Forbidden, match="adviser, headteacher of the school"):
            authorise(RULE, Actor("somebody"), tenures, urn, day)
    else:
        assert authorise(RULE, Actor("somebody"), tenures, urn, day) == role


def test_the_platform_itself_is_always_allowed() -> None:
    assert authorise(Rule(), Actor("policy", platform=True), [], None, MIDWINTER) == "platform"


def test_what_nobody_may_do_says_so() -> None:
    with pytest.raises(Forbidden, match="nobody but the platform itself"):
        authorise(Rule(), Actor("somebody"), [ADVISER], None, MIDWINTER)


def test_a_school_role_never_becomes_a_county_role() -> None:
    misplaced = Tenure(Role.HEADTEACHER, None, date(2022, 9, 1))
    with pytest.raises(Forbidden):
        authorise(RULE, Actor("somebody"), [misplaced], None, MIDWINTER)
