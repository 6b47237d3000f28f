"""Where things stand in the repository."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("MINGA_ROOT") or Path(__file__).resolve().parents[1])
"""The repository; ``MINGA_ROOT`` points tests at a small application of their own."""

BUILD = ROOT / "build"
ZIP = BUILD / "lambda.zip"
PORTAL = ROOT / "portal"
CLOUD = Path(os.environ.get("MINGA_CLOUD_DIR") or ROOT / ".local")
"""The local cloud's state; ``make clean`` removes it."""

CLOUD_PYTHON = Path(os.environ.get("MINGA_CLOUD_PYTHON") or ROOT / ".venv-cloud" / "bin" / "python")
