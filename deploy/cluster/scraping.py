"""Prometheus beside the platform, where Debian's package is installed: the rules of deploy/prometheus, other ports."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.cluster.child import Program
from deploy.cluster.ports import answers

RULES = Path(__file__).parents[1] / "prometheus" / "rules.yml"


def prometheus(directory: Path, port: int, jobs: Mapping[str, Sequence[int]]) -> Program | None:
    """The program, its configuration written: jobs are those of deploy/prometheus/prometheus.yml, with the ports of
    their processes. None where Prometheus is not installed."""
    if shutil.which("prometheus") is None:
        return None
    directory.mkdir(exist_ok=True)
    configuration = {
        "global": {"scrape_interval": "15s", "evaluation_interval": "15s"},
        "rule_files": [str(RULES)],
        "scrape_configs": [
            {"job_name": job, "static_configs": [{"targets": [f"127.0.0.1:{port}" for port in ports]}]}
            for job, ports in jobs.items()
        ],
    }
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
