"""Started by name, so that the worker does not import the cases once more."""

import sys

from tests.cases import main

if __name__ == "__main__":
    sys.exit(main())
