"""Health check of a container: exit 0 when /health answers 200 on every port named, else 1 with the reason.

Needs nothing but Python: the image has no curl."""

import http.client
import sys

SECONDS = 3


def main(ports: list[str]) -> str | None:
    """The reason why not healthy, or None."""
    for port in ports:
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=SECONDS)
        try:
            connection.request("GET", "/health")
            response = connection.getresponse()
            if response.status != http.client.OK:
                return f"port {port}: {response.status} {response.read().decode(errors='replace')}"
        except (OSError, http.client.HTTPException) as error:
            return f"port {port}: {type(error).__name__} {error}"
        finally:
            connection.close()
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
