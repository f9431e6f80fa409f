"""Read models are equal whether folded as events came or from the whole log afterwards."""

from datetime import date

from sqlalchemy import select

from services.analytics.events import QuestionPrepared, QuestionsSent
from services.analytics.frameworks import OVERALL
from services.analytics.importing import import_inspections, import_ks2
from services.analytics.service import analytics
from services.scheduling.events import TermDates, TermsSet
from services.visits.events import GradeAgreed, SefDue, SefOverdue, Target, TargetsAgreed, TargetsProposed
from tests.analytics.desk import Desk
from tests.analytics.sample import SAMPLE, urns_of
from tests.analytics.test_performance import action, call, happen, hold, issue, plan
from tests.analytics.viewers import URN, passed, pm_visit, rated


def a_year(desk: Desk) -> None:
    """Something for every table that no file fills."""
    happen(desk, TermsSet(2022, (TermDates("autumn", date(2022, 9, 6), date(2022, 12, 16)),)))
    happen(desk, plan(), hold(), issue(), action("a", date(2023, 1, 31)), *call(1, date(2022, 9, 5)))
    happen(
        desk, SefDue(URN, 2022, date(2023, 2, 3), date(2023, 1, 20), False), SefOverdue(URN, 2022, date(2023, 1, 20))
    )
    happen(desk, rated(), passed(), pm_visit(URN, "head"))
    happen(desk, GradeAgreed(URN, 2022, "2", "2019-09", OVERALL, "Good"))
    happen(desk, TargetsProposed(URN, 2023, 1, (Target("PTRWM_EXP", "all", "65"),), False))
    happen(desk, TargetsAgreed(URN, 2023, 1, "adviser"), TargetsAgreed(URN, 2023, 1, "headteacher"))
    happen(desk, QuestionPrepared(URN, 2022, "1", "1", "Why?"), QuestionsSent(URN, 2022, "1", ("1",)))


def tables(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    desk.runtime.settle()
    found = {}
    for projection in analytics.projections:
        with desk.runtime.projectors[projection.name].model.current().reading() as connection:
            for table in projection.tables:
                rows = connection.execute(select(table)).all()
                found[table.name] = sorted(tuple(row) for row in rows)
    return found


def test_a_rebuild_gives_equal_tables(desk: Desk) -> None:
    file = SAMPLE / "ks2_2018.csv"
    desk.register(*urns_of(file)[:40])
    tables(desk)
    import_ks2(*desk.importing(), file, 2018, "provisional")
    tables(desk)
    import_ks2(*desk.importing(), file.read_bytes().replace(b"50%", b"51%"), 2018, "revised")
    import_inspections(*desk.importing(), SAMPLE / "ofsted_history.csv")
    a_year(desk)
    live = tables(desk)
    assert {name for name, rows in live.items() if not rows} == {"area", "area_figure"}
    for projection in analytics.projections:
        desk.runtime.projectors[projection.name].rebuild()
    assert tables(desk) == live
