"""The rows of the table of goals, in its order."""

from tests.bench.rows import append, command, hundred, live, load, pages, post, rebuild, replay, slow_writers, writers

ROWS = {
    module.ROW.name: module.ROW
    for module in (append, hundred, command, writers, slow_writers, replay, load, rebuild, live, post, pages)
}
