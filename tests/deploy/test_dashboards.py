"""Dashboards: the files are those that are made, Prometheus can read every expression, every metric is measured."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.grafana.make import DASHBOARDS, FOLDER, SOURCE, texts
from deploy.grafana.panels import Panel
from tests.deploy.files import read_yaml
from tests.deploy.metrics import asked_for, declared

PANELS = [panel for _, panels in DASHBOARDS.values() for panel in panels]
EXPRESSIONS = [expression for panel in PANELS for expression, _ in panel.lines]


def test_the_files_are_those_that_are_made() -> None:
    assert {path.name: path.read_text() for path in FOLDER.iterdir()} == texts()


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_can_read_every_expression(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:{number}", "expr": expression.replace("$__rate_interval", "1m")}
        for number, expression in enumerate(EXPRESSIONS)
    ]
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
    command = ["promtool", "check", "rules", str(tmp_path / "rules.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{len(EXPRESSIONS)} rules found" in done.stdout


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_asks_for_what_the_code_measures(expression: str) -> None:
    asked = asked_for(expression)
    assert asked
    assert asked <= declared()


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.title)
def test_a_panel_says_what_it_shows_and_in_which_unit(panel: Panel) -> None:
    assert len(panel.title) > 5
    assert panel.description.endswith(".")
    assert panel.unit in ("short", "s", "ops", "reqps", "cps", "bytes")


def test_no_two_panels_of_a_dashboard_have_the_same_place_or_number() -> None:
    for text in texts().values():
        panels = json.loads(text)["panels"]
        assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)
        assert len({panel["id"] for panel in panels}) == len(panels)


def test_grafana_is_told_of_the_source_that_the_panels_name_and_of_the_folder() -> None:
    (source,) = read_yaml("grafana/provisioning/datasources/prometheus.yaml")["datasources"]
    assert (source["type"], source["uid"]) == (SOURCE["type"], SOURCE["uid"])
    (provider,) = read_yaml("grafana/provisioning/dashboards/partnership.yaml")["providers"]
    compose = read_yaml("compose.yaml")
    assert f"./grafana/dashboards:{provider['options']['path']}:ro" in compose["services"]["grafana"]["volumes"]
