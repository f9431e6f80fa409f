"""PDF files: tagged, titled, in a language, and made of nothing but our own templates."""

import sys
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from pypdf import PdfReader

from gateway.pdf import NoPdf, pdf_of
from tests.gateway.papers import needs_pango

PAPERS = {
    "one.html": '{% extends "paper.html" %}{% block content %}<h2>Strengths</h2><p>{{ words }}</p>'
    "<table><thead><tr><th scope='col'>Item</th></tr></thead><tbody><tr><td>Full service</td></tr></tbody></table>"
    "{% endblock %}",
    "network.html": '<img src="https://example.org/x.png" alt="x">',
    "machine.html": '<link rel="stylesheet" href="file:///etc/passwd">',
}


@pytest.fixture
def papers(app: Flask) -> Flask:
    app.jinja_loader = ChoiceLoader([DictLoader(PAPERS), app.jinja_loader])  # type: ignore[list-item]
    return app


@needs_pango
def test_a_paper_is_tagged_and_has_a_title_and_a_language(papers: Flask) -> None:
    with papers.test_request_context():
        reader = PdfReader(BytesIO(pdf_of("one.html", title="Record of visit 1", words="Café & <b>")))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Record of visit 1"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= _tags(root["/StructTreeRoot"])
    assert "Café & <b>" in reader.pages[0].extract_text(), "what people typed stays text"


@needs_pango
@pytest.mark.parametrize("template", ["network.html", "machine.html"])
def test_a_paper_loads_nothing_from_elsewhere(papers: Flask, template: str) -> None:
    with papers.test_request_context(), pytest.raises(ValueError, match="wants to load a file"):
        pdf_of(template)


def test_a_machine_without_pango_says_so(papers: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoPango:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    with papers.test_request_context(), pytest.raises(NoPdf, match="Pango libraries are not installed"):
        pdf_of("one.html", title="x", words="x")


def _tags(node: Any) -> set[str]:
    """Every kind of tag in the tree of structure."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        item = waiting.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            found.add(str(item.get("/S")))
            waiting.append(item.get("/K"))
    return found
