"""Silero voice activity detection, frame by frame, with the model that faster-whisper ships.

Rule: every frame of a recording goes through `probability`, in order. The network remembers (two
LSTM states and the last 64 samples), so a skipped or repeated frame changes all that follow.
"""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tolmach.core.errors import ModelError
from tolmach.core.samples import FRAME, Samples, silence
from tolmach.engines.native import loading

_CONTEXT = 64  # samples of the frame before, which the network reads too
# Another network hears other words: an upgrade of the package must not bring one unnoticed.
_FILE = "silero_vad_v6.onnx"  # of faster-whisper 1.2.1; docs/decisions/0025
_SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"


class SileroDetector:
    """A VoiceActivityDetector on one thread."""

    def __init__(self) -> None:
        """Load the network; raises ModelError."""
        import onnxruntime

        onnxruntime.disable_telemetry_events()  # Windows knows no variable for it
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4  # failures arrive as exceptions
        # From bytes: no path of the person's reaches native code.
        network = _network()
        with loading(_FILE, "Silero VAD"):
            self._session = onnxruntime.InferenceSession(
                network, options, providers=["CPUExecutionProvider"]
            )
        self.reset()

    def reset(self) -> None:
        """Forget the frames so far."""
        self._context = silence(_CONTEXT)
        self._h = np.zeros((1, 1, 128), dtype=np.float32)
        self._c = np.zeros((1, 1, 128), dtype=np.float32)

    def probability(self, frame: Samples) -> float:
        """Return the probability of speech in the next frame of 512 samples."""
        if len(frame) != FRAME:
            raise ValueError(f"a frame has {FRAME} samples, not {len(frame)}")
        # One NaN would stay in the memory for ever.
        frame = np.clip(np.nan_to_num(frame, posinf=0.0, neginf=0.0), -1.0, 1.0)
        window = np.concatenate((self._context, frame))[np.newaxis]
        inputs = {"input": window, "h": self._h, "c": self._c}
        speech, self._h, self._c = self._session.run(None, inputs)
        self._context = frame[-_CONTEXT:]
        return float(speech[0])


def _network() -> bytes:
    """Return the network, found without importing faster_whisper and all it brings."""
    package = find_spec("faster_whisper")  # in a bundle its folder is there, its code may not be
    folders = package.submodule_search_locations if package else None
    folder = Path(next(iter(folders or ()), ""))
    try:
        network = (folder / "assets" / _FILE).read_bytes()
    except OSError as error:
        raise ModelError("detector-missing", file=_FILE) from error
    if sha256(network).hexdigest() != _SHA256:
        raise ModelError("detector-changed", file=_FILE)
    return network
