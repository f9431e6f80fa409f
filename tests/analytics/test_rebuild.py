"""Read models are equal whether folded as events came or from the whole log afterwards."""

from sqlalchemy import select

from services.analytics.importing import import_inspections, import_ks2
from services.analytics.service import analytics
from tests.analytics.desk import Desk
from tests.analytics.sample import SAMPLE, urns_of


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
    live = tables(desk)
    assert {name for name, rows in live.items() if not rows} == {"area", "area_figure"}
    for projection in analytics.projections:
        desk.runtime.projectors[projection.name].rebuild()
    assert tables(desk) == live
