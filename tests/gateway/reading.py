"""Reads tables off a page, as a person would: by caption, row by row, words only."""

import re
from html import unescape


def table(page: str, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, heads and totals included."""
    start = re.search(rf"<caption[^>]*>\s*{re.escape(caption)}\s*</caption>", page)
    assert start, f"there is no table {caption!r}"
    body = page[start.end() : page.index("</table>", start.end())]
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def words(markup: str) -> str:
    """The text of a piece of a page."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", markup)).split())
