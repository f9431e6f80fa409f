"""What is done about advisers, their allocation, and what schools take: and who may."""

from services.core.authorisation import Role, Rule, allow
from services.core.commands import Command
from services.core.service import Handles
from services.scheduling import adviser, agreement, allocation, extras, predecessors, subscription, terms

MANAGERS = allow(Role.PROGRAMME_MANAGER)
OFFICE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
BUYERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.HEADTEACHER)
OFFICE_AND_ADVISERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.ADVISER)
SCHOOL = allow(Role.HEADTEACHER, Role.CHAIR)
PARTIES = allow(Role.ADVISER, Role.HEADTEACHER, Role.CHAIR)
ORDERERS = allow(Role.HEADTEACHER)
RECOMMENDERS = allow(Role.ADVISER, Role.PROGRAMME_MANAGER)
DELIVERERS = allow(Role.ADVISER, Role.PROGRAMME_OFFICER)
POLICIES = allow()
"""For what only follows from something else."""


def _of_adviser(command: type[Command], may: Rule) -> Handles:
    decider = adviser.adviser_decider
    return Handles(command, decider, lambda given: adviser.adviser_stream(given.person), may, adviser.consult)


def _of_allocation(command: type[Command], may: Rule) -> Handles:
    decider = allocation.allocation_decider
    return Handles(command, decider, lambda given: allocation.allocation_stream(given.urn), may, allocation.consult)


def _of_programme(command: type[Command], may: Rule) -> Handles:
    decider, consult = agreement.agreement_decider, agreement.consult
    return Handles(command, decider, lambda given: agreement.agreement_stream(given.urn, given.year), may, consult)


def _of_services(command: type[Command], may: Rule) -> Handles:
    return Handles(command, extras.services_decider, extras.services_stream, may, extras.the_allocation)


def _of_subscription(command: type[Command], may: Rule) -> Handles:
    decider, stream = subscription.subscription_decider, subscription.subscription_stream
    return Handles(command, decider, stream, may, subscription.consult)


adviser_commands = [
    _of_adviser(adviser.TrainAdviser, OFFICE),
    _of_adviser(adviser.DeclareInterest, OFFICE_AND_ADVISERS),
    _of_adviser(adviser.EndInterest, OFFICE_AND_ADVISERS),
    _of_adviser(adviser.RecordAbsence, OFFICE_AND_ADVISERS),
    _of_adviser(adviser.RecordReturn, OFFICE_AND_ADVISERS),
    _of_allocation(allocation.ProposeAdviser, OFFICE),
    _of_allocation(allocation.AcceptProposal, SCHOOL),
    _of_allocation(allocation.ObjectToProposal, SCHOOL),
    _of_allocation(allocation.AllocateAdviser, MANAGERS),
    _of_allocation(allocation.EndAllocation, MANAGERS),
    _of_allocation(allocation.TakeOverAllocation, POLICIES),
    _of_subscription(subscription.SubscribeSchool, BUYERS),
    _of_subscription(subscription.EndSubscription, OFFICE),
    _of_programme(agreement.ProposeProgramme, PARTIES),
    _of_programme(agreement.AgreeProgramme, PARTIES),
    _of_services(extras.RecommendService, RECOMMENDERS),
    _of_services(extras.OrderService, ORDERERS),
    _of_services(extras.DeliverService, DELIVERERS),
    _of_services(extras.CancelService, BUYERS),
    Handles(terms.SetTerms, terms.terms_decider, lambda command: terms.terms_stream(command.year), OFFICE),
    Handles(
        predecessors.NotePredecessor,
        predecessors.predecessors_decider,
        lambda command: predecessors.predecessors_stream(command.urn),
        POLICIES,
        consult=predecessors.has_pages,
    ),
]
