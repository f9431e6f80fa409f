"""Publishes GOV.UK Frontend's compiled files to gateway/static/vendor, less what is GOV.UK's alone.

Its typeface (GDS Transport) and the royal arms may be used on GOV.UK only, so a council's service does
without: text is set in Arial or Helvetica, and no font or image file is copied.
"""

import re
import shutil
from pathlib import Path

PACKAGE = Path("node_modules/govuk-frontend/dist/govuk")
VENDOR = Path("gateway/static/vendor")

FONT_FACE = re.compile(r"(/\*![^*]*\*/\s*)?@font-face\s*\{[^}]*\}")
TYPEFACE = re.compile(r"""font-family:\s*["']?GDS Transport[^;}]*""")
CREST = re.compile(r"[\w-]+:\s*url\([^)]*govuk-crest[^)]*\);?")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)\s*$")
RESTRICTED = re.compile(r"@font-face|GDS|crest|url\([^)]*", re.IGNORECASE)


class RestrictedAsset(Exception):
    """The stylesheet still holds, or fetches, something that may be used on GOV.UK only."""


def publish(root: Path) -> None:
    """Write the stylesheet and the script that pages ask for, and nothing else, to the vendor folder."""
    css = own_dress((root / PACKAGE / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    script = (root / PACKAGE / "govuk-frontend.min.js").read_text(encoding="utf-8")
    vendor = root / VENDOR
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    (vendor / "govuk-frontend.min.css").write_text(css, encoding="utf-8")
    (vendor / "govuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")


def own_dress(css: str) -> str:
    """The stylesheet in Arial, with no font, crest or outside file; RestrictedAsset if any is left."""
    css = FONT_FACE.sub("", css)
    css = TYPEFACE.sub("font-family:Arial,Helvetica,sans-serif", css)
    css = CREST.sub("", css)
    css = SOURCE_MAP.sub("", css)
    if left := RESTRICTED.search(css):
        raise RestrictedAsset(f"GOV.UK Frontend's stylesheet still has {left[0]!r}: see deploy/setup/assets.py")
    return css
