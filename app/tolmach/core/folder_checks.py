"""What an engine demands of a pack's folder beside whole files: a new demand is one line here."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TypeAlias

from tolmach.core.whisper_folder import check_whisper_folder

# Gets a folder, the pack's id for errors and the tokens of its languages; raises ModelError.
FolderCheck: TypeAlias = Callable[[Path, str, Collection[str]], object]

FOLDER_CHECKS: Mapping[str, FolderCheck] = {"whisper": check_whisper_folder}  # by engine
