"""Debian's RabbitMQ, PostgreSQL and Prometheus: programs that the tests and `make cluster` start for themselves.

Debian starts such packages as they are installed, and again with the machine. Nobody asked for that here: a server
that listens is a door. So none is started, and what is added is not started with the machine either."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.setup import debian

PROGRAMS = {
    "rabbitmq-server": "usr/lib/rabbitmq/bin/rabbitmq-server",
    "postgresql": "usr/lib/postgresql/*/bin/initdb",
    "prometheus": "usr/bin/promtool",
}
"""A file that each package brings, below the root of the file system."""
POLICY = Path("/usr/sbin/policy-rc.d")
"""What Debian's packages ask before they start a server; 101 says no."""
NO = "#!/bin/sh\nexit 101\n"


def missing(root: Path = Path("/")) -> list[str]:
    """The packages that this machine lacks."""
    return [package for package, program in PROGRAMS.items() if not list(root.glob(program))]


def install_if_missing() -> str | None:
    """Install what is missing where that is allowed; return the reason where some of it still is."""
    lacking = missing()
    if not lacking:
        return None
    with nothing_started(POLICY):
        reason = debian.add(f"installing Debian's {', '.join(lacking)}", *lacking)
    if reason is None:
        for package in lacking:
            subprocess.run(["update-rc.d", package, "disable"], check=True, capture_output=True)
        return None
    return f"{' and '.join(lacking)} missing, and {reason}."


@contextmanager
def nothing_started(policy: Path) -> Iterator[None]:
    """Inside, packages start no servers. A machine with a policy of its own keeps it."""
    if policy.exists() or not policy.parent.is_dir():
        yield
        return
    try:
        policy.write_text(NO)
        policy.chmod(0o755)
    except PermissionError:  # whoever may not say so may not install either
        yield
        return
    try:
        yield
    finally:
        policy.unlink()
