"""A record of visit, or the annual report: written, quality-assured, issued, answered, and never overwritten."""

from collections.abc import Sequence

from services.core.deciders import Context, Decider
from services.core.events import Event
from services.visits import record_commands as commands
from services.visits.record_issue import answer, begin_correction, issue, refuse_correction
from services.visits.record_review import give_back, pass_
from services.visits.record_state import Record, evolve
from services.visits.record_writing import start, submit, write
from services.visits.redaction import redact


def _decide(command: commands.RecordCommand, record: Record, context: Context) -> Sequence[Event]:
    match command:
        case commands.StartRecord():
            return start(command, record, context)
        case commands.WriteSection():
            return write(command, record, context)
        case commands.SubmitRecord():
            return submit(command, record, context)
        case commands.PassRecord():
            return pass_(command, record, context)
        case commands.ReturnRecord():
            return give_back(command, record, context)
        case commands.IssueRecord():
            return issue(command, record, context)
        case commands.AnswerRecord():
            return answer(command, record, context)
        case commands.BeginCorrection():
            return begin_correction(command, record, context)
        case commands.RefuseCorrection():
            return refuse_correction(command, record, context)
        case commands.RedactSection():
            return redact(command, record, context)


record_decider = Decider[Record, commands.RecordCommand](initial=Record(), decide=_decide, evolve=evolve)
