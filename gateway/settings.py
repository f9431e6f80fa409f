"""What the gateway needs to know of its surroundings; the platform's settings provide it."""

from typing import Protocol


class GatewaySettings(Protocol):
    """Read-only, so that any frozen settings object with these names fits."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def threads(self) -> int: ...
    @property
    def upload_limit_mb(self) -> int:
        """Largest request body, in megabytes."""

    @property
    def proxies(self) -> int:
        """How many trusted proxies stand in front; their X-Forwarded-For and -Proto are believed."""

    @property
    def public_url(self) -> str:
        """The address by which others reach the platform."""

    @property
    def sample_county(self) -> bool:
        """Whether this is the demonstration: every page says so, and the sign-ins are listed."""
