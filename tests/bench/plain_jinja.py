"""The long table of the pages beside the same table as plain Jinja loops make it."""

from pathlib import Path
from statistics import median

from jinja2 import Environment, FileSystemLoader

import gateway
from gateway.tables import table_rows
from tests.bench.harness import seconds

HEADS = ("School", "Status", "Type", "Town", "Postcode", "URN", "LAESTAB")
ROWS = 100
REPEATS = 15
OURS = '{% from "macros/table.html" import table %}{{ table("Schools found", heads, rows, links={0: 7}, quiet=true) }}'
PLAIN = """
<div class="table-box" role="region" tabindex="0" aria-labelledby="table-schools-found">
<table class="govuk-table dense">
  <caption class="govuk-table__caption govuk-table__caption--s govuk-visually-hidden"
    id="table-schools-found">Schools found</caption>
  <thead><tr>{% for head in heads %}<th scope="col">{{ head | e }}</th>{% endfor %}</tr></thead>
  <tbody>
  {% for row in rows %}
  <tr>
    <th scope="row"><a class="govuk-link" href="{{ row.address | e }}">{{ row.School | e }}</a></th>
    {% for head in heads[1:] %}<td>{{ row[head] | e }}</td>{% endfor %}
  </tr>
  {% endfor %}
  </tbody>
</table>
</div>
"""


def compare() -> dict[str, float]:
    """Microseconds to render a hundred schools, by our template and by plain loops over dictionaries."""
    templates = Path(gateway.__file__).parent / "templates"
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    environment.globals["table_rows"] = table_rows
    rows = [
        (
            f"School {n} & Nursery",
            "Open",
            "Community school",
            "Norwich",
            "NR1 1AA",
            120_000 + n,
            f"926/{n}",
            f"/schools/{n}",
        )
        for n in range(ROWS)
    ]
    named = [dict(zip((*HEADS, "address"), row, strict=True)) for row in rows]
    ours, plain = environment.from_string(OURS), environment.from_string(PLAIN)
    if "".join(ours.render(heads=HEADS, rows=rows).split()) != "".join(plain.render(heads=HEADS, rows=named).split()):
        raise AssertionError("the two tables are not the same")
    return {
        "table, µs": median(seconds(ours.render, heads=HEADS, rows=rows) for _ in range(REPEATS)) * 1_000_000,
        "plain Jinja, µs": median(seconds(plain.render, heads=HEADS, rows=named) for _ in range(REPEATS)) * 1_000_000,
    }
