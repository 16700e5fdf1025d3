"""Let the tests of this folder import ``cycle_papers``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
