"""A demonstration of a few schools on its last evening, and an address of every page in it, by who opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from services.core.authorisation import Actor
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.core.times import LONDON, to_micros
from services.demonstration.staging import stage
from services.sample_county.role_holders import SIGN_INS
from services.wiring import OPERATOR, open_runtime
from tests.gateway.county import QUICK_HASH
from tests.gateway.turned import Settled

LAST_DAY = date(2026, 11, 20)
SCHOOLS = 15
YEAR = 2026
WATCHED = 120812
"""A school with a concern, a record that waits for its reviewer, one that is being written, and Ofsted coming."""
DIVIDED, SUCCESSORS = 120783, (120795, 120797)
"""A school that two others followed, so that somebody must say where each action goes on."""

NO_PAGES = {
    "assets.file",
    "calendar.feed",
    "charges.county_file",
    "charges.of_school_file",
    "charges.pdf",
    "exports.batch_file",
    "exports.dry_run_file",
    "finance.exceptions_file",
    "history.pack",
    "monitoring.health",
    "monitoring.metrics",
    "records.pdf",
}
"""What answers with a file or with figures for machines."""


@dataclass(frozen=True)
class Evening:
    """The demonstration's application, and the addresses of its pages by the user name of somebody who may see them."""

    app: Flask
    pages: dict[str, list[str]]


@contextmanager
def evening(directory: Path) -> Iterator[Evening]:
    """Six o'clock on the last day: nobody answers the help-line, and everything of the year so far is recorded."""
    settings = Settings(data_dir=directory / "data")
    stage(settings, LAST_DAY, schools=SCHOOLS)
    accounts = Accounts(directory / "accounts.db", QUICK_HASH)
    for holder in SIGN_INS:
        accounts.add(holder.username, DEMONSTRATION_PASSWORD, holder.person, title=holder.name)
    for name, person in {
        "adviser": "demo-adviser-01",
        "head": f"demo-head-{WATCHED}",
        "chair": f"demo-chair-{WATCHED}",
    }.items():
        accounts.add(name, DEMONSTRATION_PASSWORD, person)
    now = to_micros(datetime.combine(LAST_DAY, time(18), LONDON))
    with open_runtime(settings, threads=False, clock=lambda: now) as runtime:
        _add_what_the_play_leaves_out(runtime)
        yield Evening(create_app(Clients(Settled(runtime)), accounts, settings), _pages(runtime))
    accounts.close()


def _add_what_the_play_leaves_out(runtime: Runtime) -> None:
    """What is waiting on this very evening: calls, an order, a question, and actions of a school that was divided."""

    def do(person: str, command: str, **fields: Any) -> None:
        actor = Actor(f"demo-{person}") if person else OPERATOR
        runtime.handle(command, fields, actor=actor, command_id=uuid4())
        runtime.settle()

    came = datetime(2026, 11, 20, 16, 30, tzinfo=UTC).isoformat()
    call = {"caller": "Jo Field", "caller_role": "headteacher", "received_at": came}
    matter = {"channel": "phone", "category": "day_to_day", "urgency": "today", "summary": "Asks about a governor."}
    dates = {"begins": "2026-11-24", "ends": "2026-11-25", "told_at": came}
    do("duty-officer", "helpdesk.ReceiveCall", call="late", urn=WATCHED, **call, **matter)
    do("duty-officer", "helpdesk.ContactManager", call="late", manager="demo-duty-manager", contacted_at=came)
    do("duty-officer", "helpdesk.ReceiveOfstedCall", call="ofsted", urn=WATCHED, kind="inspection", **call, **dates)
    service = {"service": "validation", "purpose": "Lessons seen with the head"}
    do("adviser-01", "scheduling.RecommendService", urn=WATCHED, year=YEAR, **service)
    asked = {"visit": "2", "text": "What explains the gap in reading?"}
    do("adviser-01", "analytics.PrepareQuestion", urn=WATCHED, year=YEAR, **asked)
    for successor in SUCCESSORS:
        part = {"predecessor": DIVIDED, "successor": successor, "link_type": "Successor - Split School"}
        do("", "scheduling.LinkSchools", established="2026-11-01", **part)


def _pages(runtime: Runtime) -> dict[str, list[str]]:
    def ask(query: str, **fields: Any) -> Any:
        return runtime.ask(query, fields, actor=OPERATOR).value

    school = f"/schools/{WATCHED}"
    action = ask("visits.SchoolActions", urn=WATCHED).open[0].action
    charge = ask("billing.SchoolStatement", urn=WATCHED).lines[0].charge
    batch = ask("billing.Batches")[0].batch
    fact = ask("analytics.SchoolTimeline", urn=WATCHED, newest_first=True, limit=1).entries[0].position
    heading = ask("visits.SefState", urn=WATCHED, year=YEAR).sheets[0].headings[0].heading
    question = ask("analytics.VisitQuestions", urn=WATCHED, year=YEAR, visit="2")[0].question
    cohort = ask("visits.SchoolTargets", urn=WATCHED)[0].cohort
    return {
        "": ["/sign-in"],
        "adviser": [
            "/",
            "/day",
            "/calendar",
            "/quality",
            "/self-evaluations",
            "/advisers/demo-adviser-01",
            f"{school}/visits/{YEAR}/2/plan",
            f"{school}/visits/{YEAR}/ip",
            f"{school}/records/{YEAR}/ip/edit",
            f"{school}/actions",
            f"{school}/actions/new/agree",
            f"{school}/actions/{action}/review",
            f"{school}/concerns/new",
            f"{school}/questions/{YEAR}/2",
            f"{school}/questions/{YEAR}/2/prepare",
            f"{school}/questions/{YEAR}/2/send",
            f"{school}/questions/{YEAR}/2/{question}/answer",
            f"{school}/questions/{YEAR}/2/{question}/withdraw",
            f"{school}/self-evaluation/{YEAR}/2/{heading}/authority",
            f"{school}/targets/{cohort}/version-1/comment?measure=ABSENCE&group=all",
            f"{school}/visit-4/{YEAR}/log",
            f"{school}/visit-4/{YEAR}/leave",
            f"{school}/visit-4/{YEAR}/withdraw",
        ],
        "head": [
            school,
            f"{school}/visits",
            f"{school}/visits/{YEAR}/4",
            f"{school}/calendar",
            f"{school}/records",
            f"{school}/records/2025/1/1",
            f"{school}/records/2025/1/answer",
            f"{school}/readings",
            f"{school}/targets",
            f"{school}/targets/{cohort}/propose",
            f"{school}/self-evaluation",
            f"{school}/programme",
            f"{school}/programme/{YEAR}/propose",
            f"{school}/services",
            f"{school}/services/order",
            f"{school}/services/{WATCHED}-{YEAR}-1/cancel",
            f"{school}/adviser",
            f"{school}/charges",
            f"{school}/charges/order/{YEAR}",
            f"{school}/concerns",
            f"{school}/rating/disagree",
            f"{school}/people",
        ],
        "chair": [f"{school}/board", f"{school}/visit-4/{YEAR}", f"{school}/visit-4/{YEAR}/feedback"],
        "manager": [
            "/schools?q=primary",
            "/planning",
            "/planning/cover?adviser=demo-adviser-01&begins=2026-11-23&ends=2026-12-04",
            f"/terms/{YEAR}",
            f"/terms/{YEAR}/set",
            "/allocations",
            f"{school}/adviser/propose",
            f"{school}/people/appoint",
            f"{school}/people/demo-head-{WATCHED}/headteacher/leave",
            f"{school}/targets/{cohort}/absence-limits",
            f"{school}/records/{YEAR}/1/review",
            f"/schools/{DIVIDED}/actions/move",
            "/actions",
            "/hours/week",
            "/county",
            "/performance",
            f"{school}/performance",
            "/calibration",
        ],
        "officer": [
            "/advisers",
            "/advisers/demo-adviser-01/away",
            "/imports",
            "/imports/results",
            f"{school}/self-evaluation/{YEAR}/receive",
        ],
        "intervention": [
            "/concerns",
            f"{school}/concerns/c-{WATCHED}-2025",
            f"{school}/concerns/c-{WATCHED}-2025/review",
            f"{school}/rating",
        ],
        "dutymanager": [
            "/desk",
            "/desk/service-levels",
            "/hours",
            "/inspections",
            "/calls/new?q=primary&kind=other",
            f"{school}/calls",
            f"{school}/calls/late",
            f"{school}/calls/late/answer",
            f"{school}/calls/new",
            f"{school}/calls/ofsted",
        ],
        "finance": [
            "/finance",
            "/finance/exceptions",
            "/finance/next/journal",
            f"/finance/batches/{batch}",
            "/finance/vat-codes",
            "/finance/vat-codes/set",
            "/charges",
            f"{school}/charges/{charge}",
            f"{school}/charges/{charge}/settle",
            "/prices",
        ],
        "auditor": [
            f"{school}/history",
            f"{school}/history/{fact}",
            f"{school}/history/compare?on=2026-11-20&known_on=2026-11-20&on_2=2025-11-20&known_on_2=2025-11-20",
            f"{school}/history/check",
            f"{school}/results",
        ],
    }
