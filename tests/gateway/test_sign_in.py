import pytest
from flask import Flask

from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.pages.sign_in import is_ours
from gateway.sessions import COOKIE
from tests.gateway.visits import Browser, hidden_fields


def test_a_page_asks_to_sign_in_and_then_leads_back(visitor: Browser) -> None:
    turned_away = visitor.open("/patterns/results?school=X")
    assert turned_away.location == "/sign-in?next=/patterns/results?school%3DX"
    signed_in = visitor.sign_in("Adviser07 ", DEMONSTRATION_PASSWORD, to="/patterns/results?school=X")
    assert (signed_in.status_code, signed_in.location) == (303, "/patterns/results?school=X")
    assert "Signed in as Link Adviser 07" in visitor.open("/").text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
    ],
)
def test_signing_in_never_leads_off_the_site(visitor: Browser, elsewhere: str) -> None:
    assert visitor.sign_in("adviser07", DEMONSTRATION_PASSWORD, to=elsewhere).location == "/day"


def test_a_path_of_ours_may_hold_an_address_in_its_query() -> None:
    assert is_ours("/schools?website=https://school.example")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor: Browser) -> None:
    wrong, unknown = visitor.sign_in("adviser07", "wrong"), visitor.sign_in("nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 401
    for page in (wrong, unknown):
        assert "The user name or the password is not right" in page.text
        assert "<title>Error: Sign in" in page.text


def test_an_empty_form_says_what_to_enter_and_is_no_attempt(visitor: Browser) -> None:
    for _ in range(6):
        page = visitor.sign_in("", "")
    assert page.status_code == 422
    assert "Enter your user name" in page.text
    assert "Enter your password" in page.text


def test_what_was_typed_is_kept_but_never_the_password(visitor: Browser) -> None:
    page = visitor.sign_in('"><script>alert(1)</script>', "s3cret-s3cret")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "s3cret" not in page.text


def test_after_five_failures_even_the_right_password_waits(visitor: Browser, app: Flask) -> None:
    for _ in range(5):
        assert visitor.sign_in("adviser07", "wrong").status_code == 401
    page = visitor.sign_in("ADVISER07", DEMONSTRATION_PASSWORD)
    assert page.status_code == 429
    assert "try again at" in page.text
    assert visitor.sign_in("private", "only known to some").status_code == 303
    from_elsewhere = app.test_client()
    from_elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert Browser(from_elsewhere).sign_in("adviser07", DEMONSTRATION_PASSWORD).status_code == 303


def test_a_success_wipes_the_failures(visitor: Browser) -> None:
    for _ in range(2):
        for _ in range(4):
            visitor.sign_in("adviser07", "wrong")
        assert visitor.sign_in("adviser07", DEMONSTRATION_PASSWORD).status_code == 303
        visitor.sign_out()


def test_the_cookie_holds_only_an_id_that_signing_in_changes(visitor: Browser) -> None:
    before = visitor.open("/sign-in").headers["Set-Cookie"]
    after = visitor.sign_in("adviser07", DEMONSTRATION_PASSWORD).headers.getlist("Set-Cookie")[-1]
    for cookie in (before, after):
        assert cookie.startswith(f"{COOKIE}=")
        assert cookie.endswith("; HttpOnly; Path=/; SameSite=Lax")
        assert len(cookie.split(";")[0].removeprefix(f"{COOKIE}=")) == 43
    assert before.split(";")[0] != after.split(";")[0]


def test_over_https_the_cookie_is_secure(app: Flask) -> None:
    page = app.test_client().get("/sign-in", base_url="https://partnership.example")
    assert "Secure" in page.headers["Set-Cookie"]
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_copied_cookie_is_worth_nothing_after_signing_out(adviser: Browser, app: Flask) -> None:
    cookie = adviser.client.get_cookie(COOKIE)
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    assert thief.get("/").status_code == 200
    assert adviser.sign_out().status_code == 303
    assert thief.get("/").status_code == 302


def test_a_new_password_and_erasure_end_every_session(app: Flask, accounts: Accounts) -> None:
    accounts.add("leaver", "first password", "person-1")
    leaver = Browser(app.test_client())
    leaver.sign_in("leaver", "first password")
    accounts.add("leaver", "second password", "person-1")
    assert leaver.open("/").status_code == 302
    leaver.sign_in("leaver", "second password")
    assert leaver.open("/").status_code == 200
    accounts.forget("person-1")
    assert leaver.open("/").status_code == 302
    assert leaver.sign_in("leaver", "second password").status_code == 401


def test_only_demonstration_users_are_listed(visitor: Browser) -> None:
    page = visitor.open("/sign-in").text
    assert "adviser07" in page
    assert DEMONSTRATION_PASSWORD in page
    assert "private" not in page


def test_the_form_remembers_where_to_go_after_a_mistake(visitor: Browser) -> None:
    page = visitor.sign_in("adviser07", "wrong", to="/patterns/results")
    assert hidden_fields(page)["next"] == "/patterns/results"
