from pathlib import Path

import pytest

from deploy.setup import assets

ROOT = Path(__file__).resolve().parents[2]

FONT = (
    "/*! The font has been customised for exclusive use on gov.uk. */"
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/bold.woff2)}"
)


def package(root: Path, css: str) -> None:
    folder = root / assets.PACKAGE
    folder.mkdir(parents=True)
    (folder / "govuk-frontend.min.css").write_text(css)
    (folder / "govuk-frontend.min.js").write_text("run();//# sourceMappingURL=govuk-frontend.min.js.map\n")


def test_text_is_set_in_arial_and_the_font_is_gone() -> None:
    css = assets.own_dress(FONT + ".a{font-family:GDS Transport,arial,sans-serif;color:red}")
    assert css == ".a{font-family:Arial,Helvetica,sans-serif;color:red}"


def test_a_quoted_font_name_at_the_end_of_a_rule_is_replaced_too() -> None:
    assert assets.own_dress('.a{font-family:"GDS Transport"}') == ".a{font-family:Arial,Helvetica,sans-serif}"


def test_the_crest_goes_and_the_rest_of_its_rule_stays() -> None:
    css = assets.own_dress(".a:before{width:1px;-webkit-mask-image:url(/assets/images/govuk-crest.svg);height:2px}")
    assert css == ".a:before{width:1px;height:2px}"


def test_no_source_map_is_asked_for() -> None:
    assert assets.own_dress(".a{color:red}\n/*# sourceMappingURL=x.css.map */\n") == ".a{color:red}\n"


@pytest.mark.parametrize(
    "left",
    [
        ".a{font:700 1em 'GDS Transport'}",
        ".a{background:url(/assets/images/logo.svg)}",
        "@font-face { src: local(a) ",
        ".a{content:'CREST'}",
    ],
)
def test_what_cannot_be_taken_out_stops_the_set_up(left: str) -> None:
    with pytest.raises(assets.RestrictedAsset):
        assets.own_dress(left)


def test_publish_writes_two_files_and_takes_old_ones_away(tmp_path: Path) -> None:
    package(tmp_path, FONT + ".a{color:red}")
    old = tmp_path / assets.VENDOR / "fonts" / "bold.woff2"
    old.parent.mkdir(parents=True)
    old.touch()

    assets.publish(tmp_path)

    published = {path.name: path.read_text() for path in (tmp_path / assets.VENDOR).iterdir()}
    assert published == {"govuk-frontend.min.css": ".a{color:red}", "govuk-frontend.min.js": "run();"}


def test_what_this_folder_serves_holds_nothing_restricted() -> None:
    served = sorted((ROOT / assets.VENDOR).iterdir())
    assert [path.name for path in served] == ["govuk-frontend.min.css", "govuk-frontend.min.js"]
    assert not assets.RESTRICTED.search(served[0].read_text(encoding="utf-8"))
    assert "Arial,Helvetica" in served[0].read_text(encoding="utf-8")
