"""Goes through a whole log: is every event as it was recorded, and does the log begin with what was sealed?"""

from collections.abc import Callable
from dataclasses import dataclass

from services.core.seals import Seal, Tree
from services.core.verify import Fault, StoredLog, Verifier, stored_pages

Report = Callable[[int, int], object]
"""Told the position reached and the head of the log."""


@dataclass(frozen=True)
class Examined:
    """How many events there are, what is wrong, and the tree over all of them."""

    events: int
    faults: list[Fault]
    tree: Tree


def examine(log: StoredLog, sealed: Seal | None, report: Report = lambda *_: None) -> Examined:
    """Read every event. Raises LogUnavailable."""
    faults = [Fault(0, "", 0, wrong) for wrong in log.own_faults()]
    verifier, tree = Verifier(one_writer=log.one_writer), Tree()
    head = log.head()
    holds = sealed is None or _is_root(tree, sealed)
    for page in stored_pages(log):
        faults += verifier.check(page)
        for event in page:
            tree.add(event.hash)
            holds = holds or (sealed is not None and _is_root(tree, sealed))
        report(page[-1].position, max(head, page[-1].position))
    if sealed is not None and not holds:
        faults.append(Fault(0, "", 0, f"the log does not begin with the {sealed.size:,} events that were sealed"))
    return Examined(verifier.events, faults, tree)


def _is_root(tree: Tree, sealed: Seal) -> bool:
    return tree.size == sealed.size and tree.root() == sealed.root
