"""Runs the command line for ``python -m microcred``."""

from __future__ import annotations

import sys

from microcred.cli import main

sys.exit(main())
