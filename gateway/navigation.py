"""The sections of the service and who finds them useful; what a person may see, the services decide."""

from dataclasses import dataclass

from flask import request, url_for

from gateway.visitor import clients, signed_in


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the bar under the header; no roles means everyone. `endpoint` is its first page."""

    words: str
    endpoint: str
    roles: frozenset[str] = frozenset()


SECTIONS = (Section("Home", "home.home"),)


def navigation() -> list[dict[str, object]]:
    """The sections of the person signed in, as the GOV.UK service navigation wants them."""
    user = signed_in()
    if user is None:
        return []
    roles = clients().roles(user.person)
    blueprint = request.blueprint
    return [
        {
            "text": section.words,
            "href": url_for(section.endpoint),
            "current": request.endpoint == section.endpoint,
            "active": blueprint == section.endpoint.partition(".")[0],
        }
        for section in SECTIONS
        if not section.roles or section.roles & roles
    ]
