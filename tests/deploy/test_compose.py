"""The compose file, read as YAML: there is no Docker where the tests run, so nothing is started.

Whether Compose itself accepts it is asked where its client is installed."""

import re
import shlex
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy import secret_files
from services.cli import COMMANDS
from services.core.settings import Settings
from services.wiring import SERVICES
from tests.deploy.files import DEPLOY, read_yaml

COMPOSE: dict[str, Any] = read_yaml("compose.yaml")
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: each for name, each in CONTAINERS.items() if "build" in each}
SETTINGS = {name.upper() for name in Settings.__struct_fields__}
TARGETS = {
    job["job_name"]: job["static_configs"][0]["targets"]
    for job in read_yaml("prometheus/prometheus.yml")["scrape_configs"]
}

each_container = pytest.mark.parametrize("name", CONTAINERS)
each_of_ours = pytest.mark.parametrize("name", OURS)


def test_every_service_runs_and_the_gateway_and_the_relay() -> None:
    assert {service.name for service in SERVICES} <= set(OURS)
    assert {"gateway", "relay"} <= set(OURS)


@each_of_ours
def test_a_command_is_one_of_the_project(name: str) -> None:
    command = OURS[name]["command"]
    assert command[0] in COMMANDS
    assert command[1:] == ([name] if command[0] == "service" else [])


@each_of_ours
def test_every_variable_is_a_setting(name: str) -> None:
    for variable in OURS[name]["environment"]:
        assert variable in SETTINGS or variable.removesuffix("_FILE") in SETTINGS


@each_container
def test_what_a_container_mounts_is_declared(name: str) -> None:
    container = CONTAINERS[name]
    for secret in container.get("secrets", []):
        assert secret in COMPOSE["secrets"]
    for volume in container.get("volumes", []):
        source = volume.split(":")[0]
        assert (DEPLOY / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]
    assert set(container["networks"]) <= set(COMPOSE["networks"])


@each_container
def test_a_secret_is_mounted_where_it_is_named(name: str) -> None:
    container = CONTAINERS[name]
    named = set(re.findall(r"/run/secrets/([\w.]+)", str(container.get("environment"))))
    if name == "rabbitmq":
        named |= set(re.findall(r"/run/secrets/([\w.]+)", (DEPLOY / "rabbitmq/rabbitmq.conf").read_text()))
    assert named == set(container.get("secrets", []))


def test_no_password_stands_in_the_file() -> None:
    for name, container in CONTAINERS.items():
        for variable, value in container.get("environment", {}).items():
            if re.search("PASSWORD|MASTER|POSTGRES_URL|AMQP_URL", variable):
                assert str(value).startswith("/run/secrets/"), (name, variable)


def test_every_volume_and_secret_is_used() -> None:
    used = Counter(volume.split(":")[0] for each in CONTAINERS.values() for volume in each.get("volumes", []))
    assert set(COMPOSE["volumes"]) == {source for source in used if not source.startswith("./")}
    assert set(COMPOSE["secrets"]) == {secret for each in CONTAINERS.values() for secret in each.get("secrets", [])}


def test_each_volume_has_one_writer() -> None:
    used = Counter(volume.split(":")[0] for each in CONTAINERS.values() for volume in each.get("volumes", []))
    assert all(count == 1 for source, count in used.items() if not source.startswith("./"))


@each_container
def test_a_container_is_checked_limited_restarted_and_not_root(name: str) -> None:
    container = CONTAINERS[name]
    assert container["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    limits = container["deploy"]["resources"]["limits"]
    assert {"cpus", "memory"} <= set(limits)
    assert container["restart"] == "unless-stopped"
    assert container["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in container["security_opt"]
    assert name in OURS or re.fullmatch(r"[1-9]\d*:\d+", container["user"])


@each_container
def test_its_root_file_system_is_read_only_where_that_is_known_to_work(name: str) -> None:
    assert CONTAINERS[name].get("read_only", False) is (name != "kurrentdb")


@each_container
def test_an_image_has_a_fixed_version_and_no_address(name: str) -> None:
    assert re.fullmatch(r"[\w/-]+:v?\d+[.]\d+[.]?[\w.-]*", CONTAINERS[name]["image"])


def test_only_the_pages_and_the_dashboards_are_published_and_on_this_machine_alone() -> None:
    published = {name: each["ports"] for name, each in CONTAINERS.items() if "ports" in each}
    assert set(published) == {"gateway", "grafana"}
    ports = [port for each in published.values() for port in each]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert len({port.split(":")[1] for port in ports}) == len(ports)


def test_all_else_is_on_a_network_that_leads_nowhere() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, each in CONTAINERS.items() if "outside" in each["networks"]} == {"gateway", "grafana"}


def test_containers_wait_for_the_health_of_those_that_they_need() -> None:
    for container in CONTAINERS.values():
        for needed, how in container.get("depends_on", {}).items():
            assert needed in CONTAINERS
            assert how == {"condition": "service_healthy"}
    for service in SERVICES:
        assert set(OURS[service.name]["depends_on"]) == {"kurrentdb", "postgres", "rabbitmq"}
        assert service.name in OURS["gateway"]["depends_on"]


def test_the_feed_and_the_relay_name_the_platform_by_the_same_address() -> None:
    named = {OURS[name]["environment"]["PUBLIC_URL"] for name in ("gateway", "relay")}
    assert named == {"${PUBLIC_URL:-http://127.0.0.1:8000}"}


def test_only_services_can_open_what_is_sealed() -> None:
    holders = {name for name, each in OURS.items() if "keys_master" in each.get("secrets", [])}
    assert holders == {service.name for service in SERVICES}


def test_every_process_is_scraped_at_a_port_of_its_own() -> None:
    # RabbitMQ tells of queues at the same port, at another path.
    targets = [target for job, each in TARGETS.items() for target in each if job != "subscribers-queues"]
    assert TARGETS["subscribers-queues"] == TARGETS["rabbitmq"]
    assert len(set(targets)) == len(targets)
    assert {target.split(":")[0] for target in targets} == {*OURS, "kurrentdb", "rabbitmq"}
    for target in (*TARGETS["worker"], *TARGETS["relay"], *TARGETS["seals"]):
        name, port = target.split(":")
        assert OURS[name]["environment"]["METRICS_PORT"] == port
    edges = {(name, int(port) - 1) for name, port in (target.split(":") for target in TARGETS["edge"])}
    assert edges == {(name, int(port)) for name, port in (target.split(":") for target in TARGETS["worker"])}


@each_of_ours
def test_a_process_is_healthy_when_all_its_ports_say_so(name: str) -> None:
    ports = OURS[name]["healthcheck"]["test"][3:]
    assert sorted(ports) == sorted(
        t.split(":")[1] for each in TARGETS.values() for t in each if t.split(":")[0] == name
    )


@pytest.mark.parametrize("line", re.findall("^docker compose .*", (DEPLOY / "README.md").read_text(), re.MULTILINE))
def test_what_operators_are_told_to_type_names_containers_and_commands_that_are_there(line: str) -> None:
    words = shlex.split(line)
    assert words[:4] == ["docker", "compose", "--file", "deploy/compose.yaml"]
    if words[4] == "up":
        assert set(CONTAINERS) >= {word for word in words[5:] if not word.startswith("--")}
    else:
        container = next(number for number, word in enumerate(words) if word in OURS)
        command = words[container + 1 :]
        assert command[words[4] == "exec"] in COMMANDS  # exec names the program, run has it as the entry point
    for named in set(words) & {"KURRENTDB_URL", "POSTGRES_URL"}:
        assert {named, f"{named}_FILE"} & set(OURS["scheduling"]["environment"])


def test_the_secrets_are_those_that_are_made(tmp_path: Path) -> None:
    made = secret_files.write(tmp_path / "secrets")
    mounted = {name: Path(each["file"]) for name, each in COMPOSE["secrets"].items()}
    assert set(made) == set(mounted) | {"subscriber_amqp_url"}
    assert all(path.name == name and DEPLOY / path.parent == secret_files.FOLDER for name, path in mounted.items())


@pytest.mark.skipif(
    shutil.which("docker") is None
    or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode != 0,
    reason="Docker's client has no compose here",
)
def test_compose_accepts_it() -> None:
    command = ["docker", "compose", "--file", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
