"""Makes the dashboards: `python3 -m deploy.grafana.make` writes deploy/grafana/dashboards/*.json.

A test holds them against what this makes, and every expression against Prometheus and the metrics that the code has."""

import json
from pathlib import Path
from typing import Any

from deploy.grafana.panels import PAGES, PLATFORM, Panel

FOLDER = Path(__file__).parent / "dashboards"
SOURCE = {"type": "prometheus", "uid": "prometheus"}
WIDTH, HEIGHT, ACROSS = 12, 8, 2
"""A panel's size and how many stand side by side, of the 24 columns that Grafana has."""
DASHBOARDS = {"platform": ("Platform", PLATFORM), "pages": ("Pages", PAGES)}


def dashboard(uid: str, title: str, panels: tuple[Panel, ...]) -> dict[str, Any]:
    """A dashboard as Grafana keeps it: panels in rows of two."""
    return {
        "uid": f"partnership-{uid}",
        "title": f"Partnership: {title.lower()}",
        "tags": ["partnership"],
        "timezone": "Europe/London",
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "panels": [_panel(number, panel) for number, panel in enumerate(panels)],
    }


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    row, column = divmod(number, ACROSS)
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "description": panel.description,
        "datasource": SOURCE,
        "gridPos": {"x": column * WIDTH, "y": row * HEIGHT, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
        "targets": [
            {"refId": chr(ord("A") + index), "datasource": SOURCE, "expr": expression, "legendFormat": legend}
            for index, (expression, legend) in enumerate(panel.lines)
        ],
    }


def texts() -> dict[str, str]:
    """The file of each dashboard by its name."""
    made = {f"{uid}.json": dashboard(uid, title, panels) for uid, (title, panels) in DASHBOARDS.items()}
    return {name: json.dumps(each, indent=1) + "\n" for name, each in made.items()}


def main() -> None:
    for name, text in texts().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()
