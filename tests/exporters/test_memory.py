"""Every format streams: ten times as many rows take hardly more memory."""

import subprocess
import sys

import pytest

from treatybody.exporters import writing

ROWS = 50_000
MOST_GROWTH = 20  # MB, over what a thousand rows take; the rows themselves are some 80 MB
SCRIPT = """
import resource, sys
from tests.exporters.test_contract import hit
from treatybody.exporters import writing
from treatybody.exporters.rows import Options, Row
from treatybody.model import Footnote

class Nowhere:
    closed = False
    def write(self, data): return len(data)
    def flush(self): pass
    def readable(self): return False
    def writable(self): return True
    def seekable(self): return False

TEXT = "The Committee recommends that the State party guarantee the suspensive effect. " * 6

def rows(count):
    for number in range(1, count + 1):
        note = Footnote(mark="1", source_mark="1", offset=3, text=f"Ibid., {number}")
        key = f"CMW/C/PER/{number // 500}"
        yield Row(hit(str(number), f"{number} {TEXT}", spans=[(10, 19)], footnotes=[note],
                      document=key, symbol=key, id=f"{key}#{number}"))

def peak():
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit

module = writing.formats()[sys.argv[1]]
module.write(rows(1000), Nowhere(), Options())
before = peak()
module.write(rows(int(sys.argv[2])), Nowhere(), Options())
print(peak() - before)
"""


@pytest.mark.parametrize("name", sorted(writing.formats()))
def test_memory_does_not_grow_with_the_rows(name, request):
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, str(ROWS)],
        capture_output=True,
        text=True,
        check=True,
        cwd=request.config.rootpath,
        timeout=300,
    )
    assert float(done.stdout) < MOST_GROWTH
