"""Started by name: what lies in a `__main__` is not imported once more by each new process.

The worker's memory would else be that of the bench's own libraries, too.
"""

from tests.bench_live import main

main()
