"""Let the tests of this folder import ``cycle_papers`` from the folder of references."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "references"))
