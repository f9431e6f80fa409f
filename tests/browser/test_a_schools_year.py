"""One maintained school through the year 2011-12 in a real browser: each step on the pages by the person concerned."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.school_year.autumn import autumn, visit_1
from tests.browser.school_year.dials import history
from tests.browser.school_year.money import conversion, first_batch
from tests.browser.school_year.september import september
from tests.browser.school_year.spring import spring
from tests.browser.school_year.summer import summer
from tests.browser.school_year.year import opened_year


def test_one_school_through_its_year(browser: Browser, tmp_path: Path) -> None:
    with opened_year(tmp_path, browser) as year:
        september(year)
        visit_1(year)
        first_batch(year)
        autumn(year)
        spring(year)
        summer(year)
        conversion(year)
        history(year)
