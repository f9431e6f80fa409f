"""A visitor as the tests speak of one: opens pages, fills in their forms and sends them."""

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Browser:
    """Keeps cookies, as the test client does, and the hidden fields of the form last opened."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, buffered=True, **options)

    def fill_in(self, address: str, **typed: str) -> TestResponse:
        """Open a page with a form and send it."""
        return self.send(address, **{**hidden_fields(self.open(address)), **typed})

    def send(self, address: str, **fields: str) -> TestResponse:
        return self.client.post(address, data=fields)

    def sign_in(self, username: str, password: str, to: str = "") -> TestResponse:
        return self.fill_in("/sign-in", username=username, password=password, next=to)

    def sign_out(self) -> TestResponse:
        return self.send("/sign-out", csrf_token=hidden_fields(self.open("/"))["csrf_token"])


def hidden_fields(page: TestResponse) -> dict[str, str]:
    """Name and value of every hidden field, the last of each name."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return {name: unescape(value) for name, value in found}
