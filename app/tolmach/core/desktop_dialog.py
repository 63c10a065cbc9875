"""A sentence on the screen where our own window cannot come up.

Who clicked an icon has no terminal. Desktops bring programs for that; the first one that starts
shows it: what is missing for our window may be missing for one of them, too. Some end with 1 both
when they cannot start and when their cross is pressed: told twice is better than not at all.
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
            process = subprocess.run(  # noqa: S603 - our own words
                command, check=False, capture_output=True
            )
            if not process.returncode:
                return True
    return False
