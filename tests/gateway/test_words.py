from datetime import UTC, date, datetime

from gateway.words import academic_year, counted, day, moment, money, role, since


def test_days_moments_and_money_as_people_write_them() -> None:
    assert day(date(2011, 9, 1)) == "1 September 2011"
    assert moment(datetime(2011, 7, 1, 23, 5, tzinfo=UTC)) == "2 July 2011 at 12:05am"
    assert moment(datetime(2011, 12, 1, 12, 0, tzinfo=UTC)) == "1 December 2011 at 12:00pm"
    assert [money(pence) for pence in (0, 5, 265_000, 95_297_000, -282_050)] == [
        "£0.00",
        "£0.05",
        "£2,650.00",
        "£952,970.00",
        "−£2,820.50",
    ]


def test_years_counts_and_roles_as_people_write_them() -> None:
    assert since(date(2011, 9, 1)) == "1 September 2011"
    assert since(date(1900, 1, 1)) == "before records began"
    assert [academic_year(year) for year in (1999, 2008, 2022)] == ["1999-00", "2008-09", "2022-23"]
    assert [counted(number, "school") for number in (0, 1, 1024)] == ["0 schools", "1 school", "1,024 schools"]
    assert [role(name) for name in ("programme_officer", "policy")] == ["programme officer", "automatic rule"]
