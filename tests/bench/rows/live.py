"""A live projection: batches of a thousand events as they come, and how soon one event can be seen."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from services.core.envelope import prepare
from services.core.keys import KeyStore
from services.core.log import EventLog
from services.core.projector import BATCH, Projector
from services.core.runtime import Runtime
from services.core.service import Service
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from tests.bench import projection, stock
from tests.bench.events import metadata, visit_noted, visits_noted
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.peer import Schools
from tests.bench.peer_projection import open_projection, project
from tests.bench.sizes import Sizes
