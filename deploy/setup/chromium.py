"""The browser that the browser tests drive: the one named by CHROMIUM, or Debian's."""

import os
import platform
import shutil
import subprocess


def find() -> str | None:
    """The browser's path, or None where there is none."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


def install_if_missing() -> str | None:
    """Install Debian's Chromium where that is allowed; return the reason where there is still no browser."""
    if find():
        return None
    if "CHROMIUM" in os.environ:
        return f"CHROMIUM names {os.environ['CHROMIUM']}, which is not a program."
    if os.geteuid() != 0 or not is_debian():
        return "there is no Chromium, and only root on Debian can add it. CHROMIUM may name another browser."
    print("Set-up: installing Debian's Chromium", flush=True)
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"]):
        done = subprocess.run(["apt-get", "--quiet", *step], capture_output=True, text=True, env=quiet())
        if done.returncode:
            return f"apt-get {step[0]} failed: {(done.stderr.strip().splitlines() or ['no reason'])[-1]}"
    return None


def is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def quiet() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
