"""The rows of long tables, made in Python: a template's loops take three times as long for each cell."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape


def table_rows(rows: Iterable[Sequence[Any]], numeric: Collection[int], links: Mapping[int, int], width: int) -> Markup:
    """The first `width` items of each row as cells, the first of them the row's heading; all text is escaped.

    `numeric` holds the indexes of right-aligned columns; `links` maps a column to the item that is its address."""
    order: list[int] = []
    cells = []
    for index in range(width):
        tag, scope = ("td", "") if index else ("th", ' scope="row"')
        right = ' class="numeric"' if index in numeric else ""
        text = '<a class="govuk-link" href="%s">%s</a>' if index in links else "%s"
        cells.append(f"<{tag}{scope}{right}>{text}</{tag}>")
        order += [links[index], index] if index in links else [index]
    pattern = f"<tr>{''.join(cells)}</tr>\n"
    made = "".join([pattern % tuple([escape(row[index]) for index in order]) for row in rows])
    return Markup(made)  # noqa: S704 - every item was escaped
