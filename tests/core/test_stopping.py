"""A process that is told to stop stops, at whatever moment and however often it is told."""

import subprocess
import sys

WAITS = """
import signal
from services.core.stopping import told_to_stop
stopping = told_to_stop()
with stopping._cond:  # as the thread that waits does for a moment
    signal.raise_signal(signal.SIGTERM)
signal.raise_signal(signal.SIGINT)
stopping.wait()
"""


def test_told_at_the_very_moment_that_it_begins_or_ends_to_wait() -> None:
    subprocess.run([sys.executable, "-c", WAITS], check=True, timeout=60)
