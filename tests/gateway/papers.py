"""PDF files as tests look into them."""

import pytest

from deploy.setup import pango

needs_pango = pytest.mark.skipif(bool(pango.missing()), reason="this machine has no Pango to make PDF files with")
