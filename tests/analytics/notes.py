"""An event about a school with a sealed field, as a service yet to come might have."""

from services.core.events import Event, Personal, PersonId, Urn, event


@event("notes.NoteTaken")
class NoteTaken(Event, frozen=True, gc=False):
    urn: Urn
    person: PersonId
    about: Personal
    title: str
    reply: Personal | None = None

    def says(self) -> str:
        return f"Note: {self.title}"
