"""Alerts: Prometheus itself accepts them, each fires when it must, and each asks for what the code measures."""

import shutil
import subprocess
from typing import Any

import pytest

from tests.deploy.files import DEPLOY, read_yaml
from tests.deploy.metrics import asked_for, declared

FOLDER = DEPLOY / "prometheus"
RULES: list[dict[str, Any]] = read_yaml("prometheus/rules.yml")["groups"][0]["rules"]
CASES = read_yaml("prometheus/rules.test.yml")["tests"]
NAMES = [rule["alert"] for rule in RULES]

with_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed: it comes with Debian's package prometheus"
)


def promtool(*arguments: str) -> str:
    done = subprocess.run(["promtool", *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@with_promtool
def test_prometheus_accepts_the_configuration_and_the_rules() -> None:
    promtool("check", "config", "prometheus.yml")
    assert f"{len(RULES)} rules found" in promtool("check", "rules", "rules.yml")


@with_promtool
def test_each_alert_fires_when_it_must_and_not_otherwise() -> None:
    assert "SUCCESS" in promtool("test", "rules", "rules.test.yml")


@pytest.mark.parametrize("alert", NAMES)
def test_there_is_a_case_in_which_an_alert_fires_and_one_in_which_it_does_not(alert: str) -> None:
    outcomes = {
        bool(asked["exp_samples"])
        for case in CASES
        for asked in case["promql_expr_test"]
        if f'alertname="{alert}"' in asked["expr"]
    }
    assert outcomes == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_alert_says_what_is_wrong_and_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule["annotations"]) == {"summary", "do"}
    assert len(rule["annotations"]["do"]) > 80
    assert rule["labels"]["severity"] in ("page", "ticket")


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_alert_asks_for_what_the_code_measures(rule: dict[str, Any]) -> None:
    asked = asked_for(rule["expr"])
    assert asked
    assert asked <= declared()
