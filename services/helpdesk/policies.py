"""What helpdesk does of itself: it tells the adviser of an inspection, and destroys a key when it is ordered to."""

from services.core.policies import Effect, Policy
from services.helpdesk.events import CallerErased, OfstedCallReceived
from services.helpdesk.inspection import TellAdviser

tell_adviser = Policy(
    "helpdesk.tell_adviser", OfstedCallReceived, lambda event, recorded: TellAdviser(event.call, event.urn)
)
destroy_keys = Effect("helpdesk.destroy_keys", CallerErased, lambda erased, keys: keys.erase(erased.person))
