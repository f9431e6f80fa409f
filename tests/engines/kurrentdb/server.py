"""The stand-in's gRPC server: the streams, and the gossip by which a client discovers the leader."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc
from kurrentdbclient.protos.v1 import gossip_pb2, gossip_pb2_grpc, shared_pb2, streams_pb2_grpc

from tests.engines.kurrentdb.store import Store
from tests.engines.kurrentdb.streams import Streams

THREADS = 200
"""Each subscription holds one."""
MOST_BYTES = 64 * 1024 * 1024
OPTIONS = [
    ("grpc.so_reuseport", 0),  # a port that is taken is refused, not shared
    ("grpc.max_receive_message_length", MOST_BYTES),
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 1_000),  # a client that asks whether we are alive is welcome
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_ping_strikes", 0),
]


class Gossip(gossip_pb2_grpc.GossipServicer):
    """One node, which leads."""

    def __init__(self) -> None:
        self.port = 0

    def Read(self, request: shared_pb2.Empty, context: grpc.ServicerContext) -> gossip_pb2.ClusterInfo:  # noqa: N802
        leader = gossip_pb2.MemberInfo(
            state=gossip_pb2.MemberInfo.VNodeState.Leader,
            is_alive=True,
            http_end_point=gossip_pb2.EndPoint(address="127.0.0.1", port=self.port),
        )
        return gossip_pb2.ClusterInfo(members=[leader])


def serve(
    directory: Path,
    port: int = 0,
    *,
    before_reply: Callable[[grpc.ServicerContext], None] | None = None,
    credentials: grpc.ServerCredentials | None = None,
) -> tuple[grpc.Server, int]:
    """A server on this machine, over TLS when there are credentials, and its port. Raises RuntimeError when the port is
    taken."""
    server = grpc.server(ThreadPoolExecutor(THREADS), options=OPTIONS)
    gossip = Gossip()
    streams_pb2_grpc.add_StreamsServicer_to_server(Streams(Store(directory), before_reply), server)  # type: ignore[no-untyped-call]
    gossip_pb2_grpc.add_GossipServicer_to_server(gossip, server)  # type: ignore[no-untyped-call]
    address = f"127.0.0.1:{port}"
    gossip.port = server.add_secure_port(address, credentials) if credentials else server.add_insecure_port(address)
    server.start()
    return server, gossip.port


@contextmanager
def serving(directory: Path, *, before_reply: Callable[[grpc.ServicerContext], None] | None = None) -> Iterator[str]:
    """The address of a server in this process, which ends with the block."""
    server, port = serve(directory, before_reply=before_reply)
    try:
        yield f"esdb://127.0.0.1:{port}?Tls=false"
    finally:
        server.stop(None).wait()
