"""The gateway's way to the services: nameko's RPC, one proxy for each thread, thrown away after any trouble.

nameko's proxy is for one thread, does not recover by itself, and may wait for ever. Here every wait has an end, and a
request is sent again, as it is, as long as there is time: a command has an id, so it has one effect."""

import logging
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from amqp.exceptions import AMQPError, ChannelError
from kombu import Connection, Producer
from kombu.exceptions import KombuError

from services.cluster.broker import LIMITS
from services.cluster.faults import ServiceUnavailable
from services.cluster.messages import Request, encode
from services.cluster.metrics import CALL_SECONDS, RPC_ERRORS
from services.cluster.names import edge_name
from services.core.log import OutcomeUnknown

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # nothing in this process runs by it
    from nameko import serialization
    from nameko.amqp.publish import UndeliverableMessage
    from nameko.exceptions import RpcTimeout, UnknownService
    from nameko.rpc import MethodProxy, RpcReply
    from nameko.standalone.rpc import ClusterRpcProxy, PollingQueueConsumer, SingleThreadedReplyListener

logging.getLogger("amqp").setLevel(logging.ERROR)  # it warns of each answer that comes to a channel being closed

TRY_SECONDS = 4.0
"""How long one try may take: a connection can hang without an end."""
REACH_SECONDS = 1.0
"""How long a broker or service that can't be reached at all is tried, before the user is told."""
PAUSE_SECONDS = 0.1
TROUBLE = (OSError, AMQPError, KombuError, RpcTimeout, RuntimeError)
"""What a broker may do, and the way to it. nameko's word for a proxy that lost its connection is RuntimeError."""
NOTHING_RECORDED = "Nothing was recorded. Try again in a moment."


class _Publisher:
    """Publishes on the connection that the reply comes by, so that the two live and die together."""

    def __init__(self, _: str, *, producer: Producer, seconds: float, serializer: str, **__: Any) -> None:
        self._producer, self._serializer = producer, serializer
        # What people type must not stay on the broker's disk, where no erasure would find it.
        self._how = {"delivery_mode": "transient", "expiration": seconds}
        self._how |= {"timeout": seconds, "confirm_timeout": seconds}

    def publish(self, payload: object, *, extra_headers: Mapping[str, Any], **to: Any) -> None:
        """Raises UndeliverableMessage where nothing was ever there to take it."""
        try:
            self._producer.publish(payload, headers=dict(extra_headers), serializer=self._serializer, **self._how, **to)
        except ChannelError as error:
            if "NO_ROUTE" in str(error):
                raise UndeliverableMessage from error
            raise


class _Method(MethodProxy):  # type: ignore[misc]
    publisher_cls = _Publisher


class _Replies(PollingQueueConsumer):  # type: ignore[misc]
    """Waits until the deadline for a reply, where nameko's own begins to wait anew with each message."""

    until = 0.0

    def register_provider(self, provider: Any) -> None:
        self.provider, self.queue = provider, provider.queue
        self.serializer, self.accept = serialization.setup(provider.container.config)
        options = LIMITS | {"confirm_publish": True}
        self.connection = Connection(provider.container.config["AMQP_URI"], transport_options=options)
        self.connection.ensure_connection(max_retries=0, reraise_as_library_errors=False)
        self._setup_consumer()
        self.producer = self.connection.Producer()
        self.stopped = False

    def check(self) -> None:
        """Raises when the connection was closed meanwhile, before anything is sent that depends on it."""
        try:
            self.connection.drain_events(timeout=0)
        except TimeoutError:
            return

    def get_message(self, correlation_id: str) -> None:
        while correlation_id not in self.replies:
            self.connection.drain_events(timeout=max(0.01, self.until - time.monotonic()))
        self.provider.handle_message(*self.replies.pop(correlation_id))


class _Listener(SingleThreadedReplyListener):  # type: ignore[misc]
    def __init__(self, timeout: float | None = None) -> None:
        super().__init__(timeout)
        self.queue_consumer = _Replies(timeout)


class Proxy(ClusterRpcProxy):  # type: ignore[misc]
    """One thread's. Raises TROUBLE when the broker can't be reached."""

    def __init__(self, amqp_url: str) -> None:
        super().__init__({"AMQP_URI": amqp_url}, reply_listener_cls=_Listener)
        try:
            self.start()
        except BaseException:
            self.drop()
            raise

    def check(self) -> None:
        """Raises TROUBLE when the connection was closed meanwhile."""
        self._reply_listener.queue_consumer.check()

    def call(self, service: str, verb: str, body: str, seconds: float) -> str:
        """Raises TROUBLE, or UnknownService where no edge of it was ever started."""
        reply: str = self.send(service, verb, body, seconds).result()
        return reply

    def send(self, service: str, verb: str, body: str, seconds: float) -> RpcReply:
        """What gives the reply, within so many seconds of the last request sent. Sending and it raise as `call`."""
        replies = self._reply_listener.queue_consumer
        replies.until = time.monotonic() + seconds
        options = {"producer": replies.producer, "seconds": seconds}
        method = _Method(self._worker_ctx, edge_name(service), verb, self._reply_listener, **options)
        return method.call_async(body)

    def drop(self) -> None:
        """Close the connection without a word to the broker: it may be the one that does not answer."""
        self._reply_listener.queue_consumer.connection.collect()


class Pool:
    """Calls from any thread that lives as long as the pool. `open_proxy` makes the proxy of one."""

    def __init__(self, open_proxy: Callable[[], Proxy]) -> None:
        self._open = open_proxy
        self._own = threading.local()
        self._proxies: list[Proxy] = []

    def call(self, service: str, request: Request) -> bytes:
        """The reply to a request, by its deadline.

        Raises ServiceUnavailable where it was never sent, and OutcomeUnknown where a command was and no reply came."""
        with CALL_SECONDS.labels(service, request.verb).time():
            return self._call(service, request, encode(request).decode())

    def call_all(self, requests: Mapping[str, Request]) -> dict[str, bytes]:
        """The replies to a question of each service, all sent before any reply is waited for; only those that came in
        one try, where no request outlives its deadline."""
        came, sent, began = dict[str, bytes](), dict[str, RpcReply](), time.perf_counter()
        service = next(iter(requests))
        try:
            proxy = self._proxy()
            proxy.check()
            for service, request in requests.items():
                left = min(TRY_SECONDS, request.deadline - time.time())
                sent[service] = proxy.send(service, request.verb, encode(request).decode(), left)
            for service, reply in sent.items():
                came[service] = reply.result().encode()
                CALL_SECONDS.labels(service, requests[service].verb).observe(time.perf_counter() - began)
        except (*TROUBLE, UnknownService) as error:
            self._throw_away(service, error)
        return came

    def _call(self, service: str, request: Request, body: str) -> bytes:
        sent, began = False, time.time()
        while (left := request.deadline - time.time()) > 0:
            try:
                proxy = self._proxy()
                proxy.check()
            except TROUBLE as error:
                self._throw_away(service, error)
                if not sent and time.time() - began > REACH_SECONDS:
                    raise ServiceUnavailable(f"The message broker can't be reached. {NOTHING_RECORDED}") from error
                time.sleep(PAUSE_SECONDS)
                continue
            try:
                sent = True
                return proxy.call(service, request.verb, body, min(left, TRY_SECONDS)).encode()
            except UnknownService as error:
                self._throw_away(service, error)
                raise ServiceUnavailable(f"The service {service} is not running. {NOTHING_RECORDED}") from error
            except TROUBLE as error:
                self._throw_away(service, error)
        if sent and request.verb == "handle":
            raise OutcomeUnknown(f"The service {service} gave no answer.")
        raise ServiceUnavailable(f"The service {service} gave no answer in time. {NOTHING_RECORDED}")

    def _proxy(self) -> Proxy:
        """This thread's."""
        proxy: Proxy | None = getattr(self._own, "proxy", None)
        if proxy is None:
            proxy = self._own.proxy = self._open()
            self._proxies.append(proxy)
        return proxy

    def _throw_away(self, service: str, error: Exception) -> None:
        RPC_ERRORS.labels(service, type(error).__name__).inc()
        proxy: Proxy | None = getattr(self._own, "proxy", None)
        if proxy is not None:
            self._own.proxy = None
            self._proxies.remove(proxy)
            proxy.drop()

    def close(self) -> None:
        """Once no thread calls any more."""
        while self._proxies:
            self._proxies.pop().drop()
