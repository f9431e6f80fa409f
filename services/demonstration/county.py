"""What the county does for all schools before a demonstration begins: prices of extras, and trained advisers."""

from datetime import date, time

from services.demonstration.cast import FINANCE, OFFICER
from services.demonstration.script import Script
from services.sample_county.role_holders import ADVISERS, adviser

EXTRAS = {"brokering": 350_00, "validation": 480_00, "intensive-monitoring": 1_200_00}
"""Pence. The programme's paper gives no prices for them: these are made up."""
PARTS = {"visit-1": 750_00, "visit-2": 750_00, "visit-3": 750_00, "visit-4": 600_00}
"""Pence, for a tailored programme: made up likewise."""


def county(year: int) -> Script:
    script = Script()
    day = date(year, 9, 1)
    for item, pence in {**EXTRAS, **PARTS}.items():
        for status in ("maintained", "non-maintained"):
            price = {"item": item, "school_status": status, "pence": pence, "begins": str(day)}
            script.add(day, time(8, 5), FINANCE, "billing.SetPrice", **price)
    for number in range(1, ADVISERS + 1):
        person = adviser(number).person
        for training in ("data_analysis", "performance_management"):
            trained = {"person": person, "training": training, "completed": f"{year - 1}-07-05"}
            script.add(day, time(8, 10), OFFICER, "scheduling.TrainAdviser", **trained)
    return script
