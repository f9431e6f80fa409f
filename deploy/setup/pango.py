"""The libraries with which WeasyPrint sets the text of PDF files, and a font to set it in."""

from ctypes.util import find_library

from deploy.setup import debian

LIBRARIES = ("pangoft2-1.0", "harfbuzz-subset")
PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation")


def missing() -> list[str]:
    """The libraries that this machine lacks."""
    return [name for name in LIBRARIES if find_library(name) is None]


def install_if_missing() -> str | None:
    """Install Debian's Pango where that is allowed; return the reason where some of it is still missing."""
    lacking = missing()
    if not lacking:
        return None
    reason = debian.add("installing Debian's Pango", *PACKAGES)
    return None if reason is None else f"{' and '.join(lacking)} missing, and {reason}."
