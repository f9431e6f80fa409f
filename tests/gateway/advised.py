"""A school of the sample county whose Link Adviser can sign in, for pages on which an adviser writes."""

from datetime import date

from services.scheduling.events import AdviserAllocated
from tests.gateway.county import County
from tests.gateway.facts import happened
from tests.gateway.visits import Browser

ADVISER = "demo-adviser-07"


def advise(county: County, urn: int) -> Browser:
    """Make Adviser 07 the school's Link Adviser, and sign them in."""
    allocated = AdviserAllocated(urn, 1, ADVISER, date(2022, 9, 1), "accepted")
    happened(county, f"scheduling.allocation-{urn}", allocated.true_from(allocated.begins))
    return county.visit("adviser07")


def head_of(county: County, urn: int) -> Browser:
    return county.visit(county.add_sign_in(f"demo-head-{urn}"))


def chair_of(county: County, urn: int) -> Browser:
    return county.visit(county.add_sign_in(f"demo-chair-{urn}"))
