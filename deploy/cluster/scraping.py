"""Prometheus beside the platform, where Debian's package is installed: the rules of deploy/prometheus, other ports."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from deploy.cluster.child import Program
from deploy.cluster.ports import answers

FOLDER = Path(__file__).parents[1] / "prometheus"


def prometheus(directory: Path, port: int, jobs: Mapping[str, Sequence[int]]) -> Program | None:
    """The program, its configuration written: that of deploy/prometheus, with the ports of each job's processes here. A
    job without any is left out. None where Prometheus is not installed."""
    if shutil.which("prometheus") is None:
        return None
    directory.mkdir(exist_ok=True)
    configuration = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    configuration["rule_files"] = [str(FOLDER / "rules.yml")]
    configuration["scrape_configs"] = [
        {**job, "static_configs": [{"targets": [f"127.0.0.1:{port}" for port in jobs[job["job_name"]]]}]}
        for job in configuration["scrape_configs"]
        if job["job_name"] in jobs
    ]
    file = directory / "prometheus.yml"
    file.write_text(json.dumps(configuration, indent=1))  # which is YAML too
    command = [
        "prometheus",
        f"--config.file={file}",
        f"--storage.tsdb.path={directory / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    ]
    return Program("prometheus", command, lambda: answers(port), directory=directory)
