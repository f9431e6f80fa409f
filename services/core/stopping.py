"""Being told to stop, by SIGTERM or Ctrl-C."""

import _thread
import signal
import threading


def stop_by_interrupt() -> None:
    """Have either raise KeyboardInterrupt in the main thread: SIGINT too where whoever started this process, such as a
    shell that put it in the background, has it ignored."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)


def told_to_stop() -> threading.Event:
    """An event that is set once this process is told to stop, however often it is told."""
    stopping = threading.Event()

    def stop(*_: object) -> None:
        # This runs in the main thread, which may hold the event's lock just then: to wait for it here were for ever.
        _thread.start_new_thread(stopping.set, ())

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping
