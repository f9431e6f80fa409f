"""The web gateway: pages over the services, for people with a browser."""

from flask import Flask
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway.accounts import Accounts
from gateway.api import create_api
from gateway.assets import serve_assets
from gateway.attempts import Attempts
from gateway.clients import Clients
from gateway.errors import explain_errors
from gateway.headers import protect
from gateway.held_files import HeldFiles
from gateway.pages.actions import actions
from gateway.pages.advisers import advisers
from gateway.pages.allocation import allocation
from gateway.pages.board import board
from gateway.pages.calendar_feed import calendar_feed
from gateway.pages.calibration import calibration
from gateway.pages.calls import calls
from gateway.pages.charges import charges
from gateway.pages.concerns import concerns
from gateway.pages.county import county
from gateway.pages.day import day
from gateway.pages.desk import desk
from gateway.pages.exports import exports
from gateway.pages.extras import extras
from gateway.pages.finance import finance
from gateway.pages.history import history
from gateway.pages.home import home
from gateway.pages.hours import hours
from gateway.pages.imports import imports
from gateway.pages.inspections import inspections
from gateway.pages.monitoring import measure, monitoring
from gateway.pages.people import people
from gateway.pages.performance import performance
from gateway.pages.planning import planning
from gateway.pages.pm import pm
from gateway.pages.prices import prices
from gateway.pages.programme import programme
from gateway.pages.quality import quality
from gateway.pages.questions import questions
from gateway.pages.readings import readings
from gateway.pages.records import records
from gateway.pages.results import results
from gateway.pages.schools import schools
from gateway.pages.sef import sef
from gateway.pages.sign_in import sign_in
from gateway.pages.targets import targets
from gateway.pages.terms import terms
from gateway.pages.visits import visits
from gateway.sessions import ServerSessions
from gateway.settings import GatewaySettings
from gateway.templating import furnish

PAGES = (
    sign_in,
    home,
    schools,
    history,
    results,
    charges,
    exports,
    finance,
    county,
    prices,
    imports,
    monitoring,
    records,
    quality,
    readings,
    advisers,
    allocation,
    programme,
    extras,
    terms,
    people,
    questions,
    performance,
    calibration,
    targets,
    sef,
    actions,
    concerns,
    pm,
    calls,
    desk,
    inspections,
    hours,
    visits,
    planning,
    calendar_feed,
    day,
    board,
)


def create_app(clients: Clients, accounts: Accounts, settings: GatewaySettings) -> Flask:
    """The WSGI application. Whoever opened `clients` and `accounts` closes them."""
    app = Flask(__name__, static_folder=None)
    app.secret_key = accounts.secret("forms")
    app.session_interface = ServerSessions(accounts)
    app.config.update(
        DEMONSTRATION=settings.sample_county,
        MAX_CONTENT_LENGTH=settings.upload_limit_mb * 1_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a record of visit takes a morning to write
    )
    app.extensions.update(clients=clients, accounts=accounts, attempts=Attempts(), held_files=HeldFiles())
    api = create_api(clients, accounts, settings)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/api": api})  # type: ignore[method-assign]
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    measure(app)
    protect(app)
    explain_errors(app)
    serve_assets(app)
    furnish(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    CSRFProtect(app)
    return app
