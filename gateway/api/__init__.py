"""What other systems read: public events, page by page, and the contract. An application of its own: it has no
sessions and no forms, and its errors are for machines."""

from threading import BoundedSemaphore

from flask import Flask

from gateway.accounts import Accounts
from gateway.api.contract import contract
from gateway.api.events import events
from gateway.api.problems import explain_problems
from gateway.clients import Clients
from gateway.headers import protect
from gateway.pages.monitoring import measure
from gateway.settings import GatewaySettings

SHARE_WAITING = 3
"""One in so many of the server's threads may wait for events; the pages have the others."""


def create_api(clients: Clients, accounts: Accounts, settings: GatewaySettings) -> Flask:
    """The WSGI application to mount at /api."""
    api = Flask(__name__, static_folder=None)
    api.config.update(ADDRESS=settings.public_url)
    api.extensions.update(
        clients=clients,
        subscribers=accounts.subscribers,
        waiting=BoundedSemaphore(settings.threads // SHARE_WAITING),
    )
    measure(api)
    protect(api, caching="private, no-cache")
    explain_problems(api)
    api.register_blueprint(contract)
    api.register_blueprint(events)
    return api
