"""One maintained school through the year 2011-12 in a real browser: each step on the pages by the person concerned."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.school_year.autumn import autumn
from tests.browser.school_year.september import september
from tests.browser.school_year.year import opened_year


def test_one_school_through_its_year(browser: Browser, tmp_path: Path) -> None:
    with opened_year(tmp_path, browser) as year:
        september(year)
        autumn(year)
