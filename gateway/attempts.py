"""How often one address may try one user name: counted before the costly hash, in memory, for one process."""

from datetime import UTC, datetime
from hashlib import sha256

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

FIVE_IN_A_QUARTER_HOUR = RateLimitItemPerMinute(5, 15)


class Attempts:
    """Counts sign-in attempts; a success wipes the count."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)

    def allow(self, username: str, address: str) -> bool:
        """Count this attempt; False when there were five already."""
        return self._limiter.hit(FIVE_IN_A_QUARTER_HOUR, _key(username, address))

    def again_at(self, username: str, address: str) -> datetime:
        """When the oldest attempt stops counting (UTC)."""
        reset = self._limiter.get_window_stats(FIVE_IN_A_QUARTER_HOUR, _key(username, address)).reset_time
        return datetime.fromtimestamp(reset, UTC)

    def succeeded(self, username: str, address: str) -> None:
        self._limiter.clear(FIVE_IN_A_QUARTER_HOUR, _key(username, address))


def _key(username: str, address: str) -> str:
    # A fixed length, whatever is typed; and no user names lying about in memory.
    return sha256(f"{username.strip().casefold()}\0{address}".encode()).hexdigest()
