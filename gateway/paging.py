"""Links from page to page of a long list."""

from typing import Any

from flask import url_for

AROUND = 2
"""Pages shown on each side of the one being read."""


def pages_of(endpoint: str, page: int, pages: int, **fields: Any) -> dict[str, Any] | None:
    """What the GOV.UK pagination shows; None when everything is on one page."""
    if pages < 2:
        return None

    def address(number: int) -> str:
        return url_for(endpoint, **fields, page=number)

    near = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) <= AROUND]
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == page})
    shown: dict[str, Any] = {"items": items, "landmarkLabel": "Pages"}
    if page > 1:
        shown["previous"] = {"href": address(page - 1)}
    if page < pages:
        shown["next"] = {"href": address(page + 1)}
    return shown
