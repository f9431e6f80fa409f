"""What a log of school-years comes to, folded by hand from the names and fields of its events and nothing else."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from services.core.envelope import as_json
from services.core.log import EventLog, pages

Key = tuple[int, int, str]
"""A school, a year, and a visit or document of it."""


@dataclass
class Folded:
    """Everything that the pages of many queries must agree with."""

    planned: dict[Key, list[dict[str, str]]] = field(default_factory=dict)
    adviser: dict[Key, str] = field(default_factory=dict)
    held: dict[Key, list[dict[str, str]]] = field(default_factory=dict)
    issued: dict[Key, int] = field(default_factory=dict)
    answer: dict[Key, str] = field(default_factory=dict)
    charged: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    batches: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    reversed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    open_actions: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: set[str] = field(default_factory=set)
    closed_unseen: list[str] = field(default_factory=list)

    def take(self, kind: str, data: dict[str, Any]) -> None:
        name = kind.partition(".")[2]
        if name in ("VisitPlanned", "VisitMoved"):
            self.planned[_visit(data)], self.adviser[_visit(data)] = data["sittings"], data["adviser"]
        elif name in ("VisitPostponed", "VisitCancelled", "VisitPutOnHold", "VisitNotHeld"):
            self.planned.pop(_visit(data), None)
        elif name == "VisitReassigned":
            self.adviser[_visit(data)] = data["adviser"]
        elif name == "ProgrammeHandedOver":
            for visit in data["visits"]:
                self.planned.pop((data["urn"], data["year"], visit), None)
        elif name == "VisitHeld":
            self.held[_visit(data)] = data["sittings"]
        elif name == "RecordIssued":
            self.issued[_document(data)] = data["version"]
            self.answer.pop(_document(data), None)
        elif name == "RecordAnswered":
            self.answer[_document(data)] = data["answer"]
        elif name in ("ChargeRaised", "PartYearCharged", "ChargeReversed"):
            self.charged[data["urn"]] += data["net"]
            if "reverses" in data:
                self.reversed[data["reverses"]].append(data["charge"])
        elif name == "BatchExported":
            for line in data["lines"]:
                self.batches[line["charge"]].append(data["batch"])
        elif name in ("ActionAgreed", "ActionTaken"):
            self.open_actions[data["urn"]].add(data["action"])
        elif name in ("ActionClosed", "ActionMoved"):
            self.open_actions[data["urn"]].discard(data["action"])
        elif name == "SchoolTold":
            self.told.add(data["concern"])
        elif name == "ConcernClosed" and data["concern"] not in self.told:
            self.closed_unseen.append(data["concern"])

    def bookings(self) -> dict[str, list[tuple[str, str, str]]]:
        """Day, beginning and end of each sitting that is planned and not held, by adviser."""
        kept: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for key, sittings in self.planned.items():
            kept[self.adviser[key]] += [(each["day"], each["starts"], each["ends"]) for each in sittings]
        return kept


def folded(log: EventLog) -> Folded:
    whole = Folded()
    for page in pages(log):
        for event in page:
            whole.take(event.type, as_json(event.data))
    return whole


def _visit(data: dict[str, Any]) -> Key:
    return data["urn"], data["year"], data["visit"]


def _document(data: dict[str, Any]) -> Key:
    return data["urn"], data["year"], data["document"]
