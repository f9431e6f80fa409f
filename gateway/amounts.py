"""Amounts of money as people type them."""

import re

_POUNDS = re.compile(r"£?\s?((?:\d{1,3}(?:,\d{3})+)|\d+)(?:\.(\d{2}))?", re.ASCII)


class NotMoney(Exception):
    """The text is no amount of money; the message says how to write one."""


def pence(text: str) -> int:
    """Whole pence of an amount typed in pounds: £2,650.00, 2650 or 2,650.00. Raises NotMoney."""
    found = _POUNDS.fullmatch(text.strip())
    if found is None or len(found[1]) > 15:
        raise NotMoney("Enter an amount in pounds and pence, like 2,650.00")
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
