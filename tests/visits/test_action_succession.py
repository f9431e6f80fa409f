"""What becomes of actions when their school closes, and when another follows it or takes it in."""

from datetime import date

from msgspec.structs import replace

from services.core.testing import given
from services.visits.action_succession import CloseSchoolActions, MoveActions, Sent, TakeActions, succession
from services.visits.events import ActionAgreed, ActionClosed, ActionMoved, ActionTaken

OLD, NEW, OTHER = 120778, 141226, 120779
DAY = date(2012, 4, 1)
A1 = ActionAgreed(OLD, 2011, "1", "A1", "Teach fractions", "headteacher", date(2012, 7, 31), "80% reach it")
A2 = replace(A1, action="A2", text="Train the governors")
A3 = replace(A1, action="A3", text="Buy new books")
ACHIEVED = ActionClosed(OLD, "A2", "achieved", "Done in January")
BY_CLOSURE = ActionClosed(OLD, "A1", "school_closed", "The school closed on 1 April 2012")
MOVED = ActionMoved(OLD, "A1", NEW, DAY)
TAKEN = ActionTaken(
    NEW, OLD, 2011, "1", "120778-A1", "Teach fractions", "headteacher", date(2012, 7, 31), "80% reach it", DAY
)
MOVE = MoveActions(OLD, NEW, DAY)


def test_closing_the_school_closes_what_is_open() -> None:
    given(A1, A2, ACHIEVED).knowing(DAY).when(CloseSchoolActions(OLD), succession).then(BY_CLOSURE.true_from(DAY))
    given(A1, BY_CLOSURE).knowing(DAY).when(CloseSchoolActions(OLD), succession).then()
    given(A1, MOVED).knowing(DAY).when(CloseSchoolActions(OLD), succession).then()


def test_an_open_school_keeps_its_actions_open() -> None:
    given(A1).knowing(None).when(CloseSchoolActions(OLD), succession).refused("The school is open", "urn")
    given().knowing(None).when(CloseSchoolActions(OLD), succession).then()


def test_what_is_still_to_be_done_moves_whether_the_closure_was_known_before_or_not() -> None:
    given(A1, A2, ACHIEVED).knowing(True).when(MOVE, succession).then(MOVED.true_from(DAY))
    given(A1, A2, ACHIEVED, BY_CLOSURE).knowing(True).when(MOVE, succession).then(MOVED.true_from(DAY))
    given(A1, MOVED).knowing(True).when(MOVE, succession).then()
    given().knowing(False).when(MOVE, succession).then()


def test_actions_move_only_to_a_school_that_followed() -> None:
    given(A1).knowing(False).when(MOVE, succession).refused("Link them first", "to")


def test_some_actions_can_be_chosen() -> None:
    chosen = replace(MOVE, actions=("A3",))
    moved = replace(MOVED, action="A3")
    given(A1, A3).knowing(True).when(chosen, succession).then(moved.true_from(DAY))
    given(A1, A3, moved).knowing(True).when(chosen, succession).then()
    given(A1).knowing(True).when(chosen, succession).refused("no action A3", "actions")
    elsewhere = replace(chosen, to=OTHER)
    given(A1, A3, moved).knowing(True).when(elsewhere, succession).refused("went on at school 141226", "actions")
    done = replace(chosen, actions=("A2",))
    given(A2, ACHIEVED).knowing(True).when(done, succession).refused("was achieved", "actions")


def test_a_school_takes_each_action_once() -> None:
    sent = Sent(((A1, MOVED),))
    take = TakeActions(NEW, OLD)
    given().knowing(sent).when(take, succession).then(TAKEN.true_from(DAY))
    given(TAKEN).knowing(sent).when(take, succession).then()
    both = Sent(((A1, MOVED), (A3, replace(MOVED, action="A3"))))
    third = replace(TAKEN, action="120778-A3", text="Buy new books")
    given(TAKEN).knowing(both).when(take, succession).then(third.true_from(DAY))


def test_a_taken_action_moves_on_when_its_school_is_followed_in_turn() -> None:
    onward = MoveActions(NEW, OTHER, date(2013, 9, 1))
    moved = ActionMoved(NEW, "120778-A1", OTHER, date(2013, 9, 1))
    given(TAKEN).knowing(True).when(onward, succession).then(moved.true_from(date(2013, 9, 1)))
