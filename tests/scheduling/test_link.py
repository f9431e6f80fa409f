"""Links between schools: which followed which, from which day."""

from datetime import date

from services.core.testing import given
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import SchoolsLinked
from services.scheduling.link import LinkSchools, link_decider

LINKED = SchoolsLinked(120778, 141226, "Successor")


def test_a_successor_follows_from_its_first_day() -> None:
    day = date(2014, 9, 1)
    given().when(LinkSchools(120778, 141226, "Successor", day), link_decider).then(LINKED.true_from(day))


def test_a_link_without_a_day_is_from_before_records() -> None:
    given().when(LinkSchools(120778, 141226, "Successor"), link_decider).then(LINKED.true_from(BEFORE_RECORDS))


def test_a_pair_linked_with_the_same_word_is_linked_already() -> None:
    given(LINKED).when(LinkSchools(120778, 141226, "Successor", date(2014, 9, 1)), link_decider).then()


def test_another_word_for_the_same_pair_is_another_link() -> None:
    merged = SchoolsLinked(120778, 141226, "Successor - merged")
    command = LinkSchools(120778, 141226, "Successor - merged")
    given(LINKED).when(command, link_decider).then(merged.true_from(BEFORE_RECORDS))


def test_a_school_cannot_follow_itself() -> None:
    given().when(LinkSchools(120778, 120778, "Successor"), link_decider).refused("follow itself", "successor")
