"""Papers before a visit: asked for once, received in time or late."""

from datetime import date

import pytest

from services.core.deciders import Refused
from services.scheduling.events import Paper, PaperReceived, PapersRequested
from tests.platform import SCHOOL, Platform
from tests.scheduling.year import AUTUMN, YEAR, act, at, plan

DUE = date(2011, 9, 26)
PLAN = "School development plan"


def ask(year: Platform, *titles: str, due: date = DUE, by: str = "adviser") -> None:
    act(year, "RequestPapers", "1", by=by, titles=list(titles), due=due.isoformat())


def receive(year: Platform, received: date, paper: str = "1") -> None:
    act(year, "ReceivePaper", "1", by="officer", paper=paper, received=received.isoformat())


def test_papers_are_numbered_and_each_asked_for_once(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    ask(year, PLAN)
    ask(year, PLAN, "Governors' minutes")
    assert year.events(PapersRequested) == [
        PapersRequested(SCHOOL, YEAR, "1", (Paper("1", PLAN, DUE),)),
        PapersRequested(SCHOOL, YEAR, "1", (Paper("2", "Governors' minutes", DUE),)),
    ]


@pytest.mark.parametrize(("day", "late"), [(date(2011, 9, 20), 0), (DUE, 0), (date(2011, 9, 28), 2)])
def test_a_paper_is_late_by_days(year: Platform, day: date, late: int) -> None:
    plan(year, "1", at(AUTUMN))
    ask(year, PLAN)
    year.on(date(2011, 9, 30))
    receive(year, day)
    receive(year, day)
    [received] = year.recorded(PaperReceived)
    assert received.data == PaperReceived(SCHOOL, YEAR, "1", "1", PLAN, day, late)
    assert received.metadata.effective_on == day


def test_what_cannot_be_is_refused(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    with pytest.raises(Refused, match="due before the visit"):
        ask(year, PLAN, due=date(2011, 10, 4))
    with pytest.raises(Refused, match="another adviser's"):
        ask(year, PLAN, by="adviser-2")
    with pytest.raises(Refused, match="No such paper was asked for"):
        receive(year, DUE)
    ask(year, PLAN)
    with pytest.raises(Refused, match="another adviser's"):
        act(year, "ReceivePaper", "1", by="adviser-2", paper="1", received="2011-09-01")
    with pytest.raises(Refused, match="on the day when it came, or later"):
        receive(year, DUE)
