"""A sentence on the screen where our own window cannot come up.

Who clicked an icon has no terminal. Desktops bring programs for that; the first one that is there
shows it.
"""

import shutil
import subprocess

PROGRAMS = (
    ("kdialog", "--error"),
    ("zenity", "--error", "--no-markup", "--text"),
    ("xmessage", "-center"),
)


def show(text: str) -> bool:
    """Show a text until the person has closed it; False where no program can."""
    for name, *options in PROGRAMS:
        if program := shutil.which(name):
            command = [program, *options, text]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own words
            return True
    return False
