"""A gateway's view of services that run apart, with nothing between the two but the messages."""

from collections import Counter
from collections.abc import Callable, Mapping

from services.cluster.desk import Desk
from services.cluster.messages import Request, encode
from services.cluster.positions import Positions
from services.cluster.remote import RemoteRuntime
from services.core.runtime import Runtime
from services.core.times import now_micros
from services.wiring import SERVICES


class Messages:
    """Carries each request as bytes to the desk of its service, none too late. `asked` counts them by verb."""

    def __init__(self, runtime: Runtime) -> None:
        self._desks = {service.name: Desk(service.name, runtime, now=lambda: 0.0) for service in SERVICES}
        self.asked: Counter[str] = Counter()

    def call(self, service: str, request: Request) -> bytes:
        self.asked[request.verb] += 1
        return self._desks[service].answer(encode(request))

    def call_all(self, requests: Mapping[str, Request]) -> dict[str, bytes]:
        return {service: self.call(service, request) for service, request in requests.items()}

    def remote(self, clock: Callable[[], int] = now_micros) -> RemoteRuntime:
        return RemoteRuntime(SERVICES, self.call, Positions(), call_all=self.call_all, clock=clock)
