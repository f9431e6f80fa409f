"""What things are called on the message bus."""

BELL = "partnership.bell"
"""The exchange on which workers tell how far their read models have come."""


def edge_name(service: str) -> str:
    return f"partnership_{service}"
