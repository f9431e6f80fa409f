"""In whose name somebody agrees, and the reason that some acts must be given."""

from services.core.authorisation import Role
from services.core.deciders import Context, Refused

SCHOOL = frozenset({Role.HEADTEACHER, Role.CHAIR})
PARTIES = SCHOOL | {Role.ADVISER}
"""Those who agree a programme: the platform, a policy or the office agree for none of them."""


def party(context: Context, parties: frozenset[Role]) -> Role:
    """The role in which the actor agrees or objects. Refused to whoever acts in no such role."""
    role = next((role for role in parties if role == context.role), None)
    if role is None:
        words = " or ".join(sorted(f"the {role.words}" for role in parties))
        raise Refused(f"Only {words} can do this, each for themselves.")
    return role


def agrees_once(before: str | None) -> None:
    """Refused to somebody who agreed to the same in another role, which they held `before`."""
    if before is not None:
        role = Role(before).words
        raise Refused(
            f"You agreed to this already, as {role}. Nobody agrees for two parties: have it proposed anew, so that "
            "each party is somebody else."
        )


def require_reason(context: Context, why: str) -> None:
    """Refused when the actor gave no reason; `why` says what asks for one."""
    if not (context.reason or "").strip():
        raise Refused(f"Give the reason: {why}.", "reason")
