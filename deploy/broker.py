"""What RabbitMQ is told at its start: who may do what, and what becomes of queues that nobody reads."""

import base64
import hashlib
import json
import os
from typing import Any

EVENTS = "partnership.events"
"""The exchange on which the relay publishes."""
OWN_QUEUES = r"^subscriber\..*"
FORTNIGHT = 14 * 24 * 60 * 60 * 1000
"""In milliseconds, as RabbitMQ counts."""


def definitions(platform: tuple[str, str], subscriber: tuple[str, str]) -> str:
    """The definitions file for two users, each a name and a password. The platform may do all. A subscriber may have
    queues of its own and bind them to the public events; it can't reach a command, or what another exchange carries.

    A subscriber's queue is a quorum queue (it says so when it declares it: a policy can't): kept on disk before the
    relay is told so, and on three machines once the broker has three. Losing it would send the subscriber back to the
    first event. The queues of commands stay classic: they hold a command for seconds, its sender asks again when no
    answer comes, and each disk write of a quorum queue would be waited for. Doorbells may be lost.
    A queue that nobody has read for a fortnight is deleted, lest a subscriber that has gone fill the disk: one that
    comes back reads what it missed over HTTP, or from position 0."""
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    own = {"configure": OWN_QUEUES, "write": OWN_QUEUES, "read": rf"{OWN_QUEUES}|^{EVENTS.replace('.', '[.]')}$"}
    return json.dumps(
        {
            "vhosts": [{"name": "/"}],
            "users": [_user(*platform, "administrator"), _user(*subscriber, "")],
            "permissions": [
                {"user": platform[0], "vhost": "/", **everything},
                {"user": subscriber[0], "vhost": "/", **own},
            ],
            "policies": [
                {
                    "vhost": "/",
                    "name": "subscribers",
                    "pattern": OWN_QUEUES,
                    "apply-to": "queues",
                    "priority": 0,
                    "definition": {"expires": FORTNIGHT},
                }
            ],
        },
        indent=2,
    )


def _user(name: str, password: str, tags: str) -> dict[str, Any]:
    """RabbitMQ's salted SHA-256, so that the file holds no password."""
    salt = os.urandom(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {
        "name": name,
        "password_hash": base64.b64encode(salt + digest).decode(),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": tags,
    }
