"""The program's first lines in a bundle."""

import os
import sys

from tolmach.__main__ import main

if __name__ == "__main__":  # the worker imports this file, too
    if sys.platform == "linux":
        # The bundle's libraries are for the bundle: not for the browser or the file manager that
        # is opened from it. PyInstaller keeps what the variable was before; the worker, which is
        # this program again, must then be started like the first one.
        os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
        if previous := os.environ.pop("LD_LIBRARY_PATH_ORIG", ""):
            os.environ["LD_LIBRARY_PATH"] = previous
        else:
            os.environ.pop("LD_LIBRARY_PATH", None)
        # The window draws without OpenGL; a driver would be loaded for nothing.
        os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    sys.exit(main())
