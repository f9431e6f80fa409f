"""Debian's packages, for what no Python package brings along."""

import os
import platform
import subprocess


def add(doing: str, *packages: str) -> str | None:
    """Install packages where that is allowed; the reason where it is not done."""
    if os.geteuid() != 0 or not _is_debian():
        return "only root on Debian can add it"
    print(f"Set-up: {doing}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "--quiet", *step], capture_output=True, text=True, env=quiet)
        if done.returncode:
            return f"apt-get {step[0]} failed: {(done.stderr.strip().splitlines() or ['no reason'])[-1]}"
    return None


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False
