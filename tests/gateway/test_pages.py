"""What holds for every page: headers, errors, caching, escaping."""

import re

import pytest
from flask import Flask

from gateway.clients import LogUnavailable
from tests.gateway.fakes import FakeRuntime
from tests.gateway.visits import Browser

PAGES = [
    "/",
    "/sign-in",
    "/patterns/form",
    "/patterns/results",
    "/no-such-page",
    "/patterns/broken",
    "/health",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_headers(adviser: Browser, address: str) -> None:
    headers = adviser.open(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES[:-1])
def test_no_page_has_inline_style_or_script(adviser: Browser, address: str) -> None:
    page = adviser.open(address).text
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) in ([""], [])


@pytest.mark.parametrize("address", PAGES[:-1])
def test_every_page_says_whose_it_is_and_that_it_is_a_demonstration(adviser: Browser, address: str) -> None:
    page = adviser.open(address, follow_redirects=True).text
    assert re.search(r"<title>[^<]+ – School Improvement Partnership Programme</title>", page)
    assert "role holders are made up" in page
    assert "Open Government Licence v3.0" in page
    assert "crown" not in page.lower()


@pytest.mark.parametrize(("address", "status"), [("/no-such-page", 404), ("/patterns/broken", 500), ("/sign-out", 405)])
def test_an_error_says_what_to_do_and_nothing_of_the_inside(adviser: Browser, address: str, status: int) -> None:
    page = adviser.open(address)
    assert page.status_code == status
    assert "Go to the home page" in page.text
    assert "ZeroDivision" not in page.text
    assert "the inside of the service" not in page.text


def test_a_file_too_large_is_refused_in_words(adviser: Browser) -> None:
    page = adviser.client.post("/patterns/form", data={"note": "x" * 1_100_000})
    assert page.status_code == 413
    assert "too large" in page.text


def test_markup_in_text_is_shown_as_text(adviser: Browser) -> None:
    page = adviser.open("/patterns/results?school=<script>alert('x')</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_files_are_kept_for_a_year_under_an_address_of_their_content(visitor: Browser) -> None:
    found = re.search(r'href="(/static/[0-9a-f]{16}/partnership\.css)"', visitor.open("/sign-in").text)
    assert found
    current = visitor.open(found[1])
    assert current.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in current.headers
    old = visitor.open("/static/0123456789abcdef/partnership.css")
    assert old.status_code == 200
    assert "immutable" not in old.headers["Cache-Control"]
    assert visitor.open("/static/0123456789abcdef/../accounts.py").status_code == 404


def test_health_says_whether_the_log_takes_events(visitor: Browser, runtime: FakeRuntime) -> None:
    assert visitor.open("/health").json == {"status": "ok", "head": 0}
    runtime.trouble = LogUnavailable("away")
    page = visitor.open("/health")
    assert (page.status_code, page.json) == (503, {"status": "log unavailable"})


def test_metrics_count_pages_by_kind_and_not_by_address(visitor: Browser) -> None:
    visitor.open("/sign-in")
    visitor.open("/schools/123456/secret")
    page = visitor.open("/metrics").text
    assert 'partnership_page_seconds_count{page="sign_in.ask",status="200"}' in page
    assert 'page="unknown",status="404"' in page
    assert "123456" not in page


def test_without_the_sample_county_there_is_no_banner_and_no_list(app: Flask) -> None:
    app.config["DEMONSTRATION"] = app.jinja_env.globals["demonstration"] = False
    page = app.test_client().get("/sign-in").text
    assert "made up" not in page
    assert "adviser07" not in page


def test_a_suppressed_figure_is_words_and_not_a_bar(adviser: Browser) -> None:
    page = adviser.open("/patterns/results").text
    chart = page[page.index('aria-labelledby="rwm-title"') : page.index("<table")]
    assert chart.count("<svg") == 3
    assert 'class="chart__marker">Suppressed: 10 pupils or fewer<' in chart
