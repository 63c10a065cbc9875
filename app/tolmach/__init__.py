"""Tolmach listens, writes down what was said and translates it, on this computer alone.

Importing any module of the program silences the libraries first, and tells numpy to compute on one
core: they read these variables when they are loaded, and the worker inherits them. Which library
knows which: docs/privacy.md.
"""

import os

__version__ = "0.1.0"

SILENCE = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, but on Windows: see engines/silero.py
    "HF_HUB_OFFLINE": "1",  # huggingface_hub and hf_xet, which faster-whisper and tokenizers bring
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DO_NOT_TRACK": "1",  # whatever else keeps to https://donottrack.sh
}
os.environ.update(SILENCE)
# Its products are small, and a second thread would wait for the next one at full speed.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
