"""The browser that the browser tests drive: the one named by CHROMIUM, or Debian's."""

import os
import shutil

from deploy.setup import debian


def find() -> str | None:
    """The browser's path, or None where there is none."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


def install_if_missing() -> str | None:
    """Install Debian's Chromium where that is allowed; return the reason where there is still no browser."""
    if find():
        return None
    if "CHROMIUM" in os.environ:
        return f"CHROMIUM names {os.environ['CHROMIUM']}, which is not a program."
    reason = debian.add("installing Debian's Chromium", "chromium", "fonts-liberation")
    return None if reason is None else f"there is no Chromium, and {reason}. CHROMIUM may name another browser."
