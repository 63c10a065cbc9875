"""A sentence on the screen where our own window cannot come up.

Who clicked an icon has no terminal. Desktops bring programs for that; the first one that starts
shows it: what is missing for our window may be missing for one of them, too.
"""

import shutil
import subprocess

PROGRAMS = (
    ("kdialog", "--error"),
    ("zenity", "--error", "--no-markup", "--text"),
    ("xmessage", "-center"),
)
SHOWN = (0, 1)  # closed by its button, or by its cross


def show(text: str) -> bool:
    """Show a text until the person has closed it; False where no program can."""
    for name, *options in PROGRAMS:
        if program := shutil.which(name):
            command = [program, *options, text]
            process = subprocess.run(  # noqa: S603 - our own words
                command, check=False, capture_output=True
            )
            if process.returncode in SHOWN:
                return True
    return False
