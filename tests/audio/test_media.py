"""Media files: what is in them comes out at the right time, and bad ones are told apart."""

import os
import random
import subprocess
import sys
import textwrap
import wave
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.media_files import CODECS, damage, film, tone, write, write_wav
from tolmach.audio.media import BLOCK, CONTAINERS, open_media
from tolmach.core.errors import AppError
from tolmach.core.samples import SAMPLE_RATE, Samples, rms
from tolmach.messages.table import sentence


def read(path: Path) -> Samples:
    with closing(open_media(path)) as media:
        return np.concatenate(list(media))


def pitch(samples: Samples) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * SAMPLE_RATE / len(samples)


def refusal(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(AppError) as caught, closing(open_media(path)) as media:
        list(media)
    return caught.value.code, caught.value.params


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_every_format_gives_its_sound(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"звук{suffix}", [tone(3, rate=48_000)], 48_000)

    samples = read(path)

    assert samples.dtype == np.float32
    assert len(samples) / SAMPLE_RATE == pytest.approx(3, abs=0.08)
    assert pitch(samples) == pytest.approx(440, abs=1)
    assert rms(samples) == pytest.approx(0.5 / np.sqrt(2), abs=0.02)


def test_eight_kilohertz_stereo(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", [tone(2, rate=8000), tone(2, 1000, rate=8000)], 8000)

    samples = read(path)

    spectrum = np.abs(np.fft.rfft(samples)) / len(samples) * 2
    assert len(samples) == 2 * SAMPLE_RATE
    assert spectrum[440 * 2] == pytest.approx(0.25, abs=0.01)
    assert spectrum[1000 * 2] == pytest.approx(0.25, abs=0.01)


def test_the_same_sound_in_both_channels_keeps_its_loudness(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", [tone(1), tone(1)], SAMPLE_RATE)

    assert np.allclose(read(path), tone(1), atol=1e-3)


def test_surround_sound_is_not_clipped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", [0.8 * tone(1)] * 6, SAMPLE_RATE)

    assert np.max(np.abs(read(path))) < 1.0


def test_blocks_are_ten_seconds_long(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", [tone(25)], SAMPLE_RATE)

    with closing(open_media(path)) as media:
        blocks = list(media)

    assert [len(block) for block in blocks] == [BLOCK, BLOCK, BLOCK // 2]
    assert np.allclose(np.concatenate(blocks), tone(25), atol=1e-3)
    assert media.remarks() == []
    assert media.duration == 25.0


def test_cyrillic_and_spaces_in_every_path(tmp_path: Path) -> None:
    folder = tmp_path / "Мои записи (Өфө)"
    folder.mkdir()

    assert len(read(write(folder / "бабушка — 1.wav", [tone(1)], SAMPLE_RATE))) == SAMPLE_RATE


def test_a_track_that_begins_late_keeps_the_times_of_the_film(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", [tone(1, rate=48_000)], 48_000, begin=1.5, video=True)

    samples = read(path)

    assert np.max(np.abs(samples[: int(1.4 * SAMPLE_RATE)])) < 0.01
    assert np.max(np.abs(samples[int(1.6 * SAMPLE_RATE) :])) > 0.4


def test_a_film_gives_its_sound(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", [tone(3, rate=48_000)], 48_000, video=True)

    assert pitch(read(path)) == pytest.approx(440, abs=1)


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".mkv"])
def test_a_truncated_file_gives_what_is_there(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"a{suffix}", [tone(20, rate=44_100)], 44_100)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    with closing(open_media(path)) as media:
        samples = np.concatenate(list(media))

    assert len(samples) / SAMPLE_RATE == pytest.approx(10, abs=0.5)
    assert media.remarks()


@pytest.mark.parametrize("suffix", [".mp3", ".mkv", ".m4a", ".flac"])
def test_damage_in_the_middle_is_skipped(tmp_path: Path, suffix: str) -> None:
    halves = [tone(5, 440, 44_100), tone(5, 1000, 44_100)]
    path = write(tmp_path / f"a{suffix}", [np.concatenate(halves)], 44_100)
    damage(path)

    with closing(open_media(path)) as media:
        samples = np.concatenate(list(media))

    assert media.remarks()
    assert pitch(samples[: 3 * SAMPLE_RATE]) == pytest.approx(440, abs=1)
    assert pitch(samples[-2 * SAMPLE_RATE :]) == pytest.approx(1000, abs=1)


def test_what_follows_damage_keeps_its_time(tmp_path: Path) -> None:
    """Where the file has time stamps: MP3 has none."""
    path = write(tmp_path / "a.m4a", [tone(10, rate=44_100)], 44_100)
    damage(path)

    assert len(read(path)) / SAMPLE_RATE == pytest.approx(10, abs=0.1)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "нет.wav"

    assert refusal(missing) == ("file-missing", {"path": str(missing)})


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"")

    assert refusal(tmp_path / "a.wav") == ("file-empty", {"name": "a.wav"})


def test_a_wav_without_a_sample(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", tone(0))

    assert refusal(tmp_path / "a.wav") == ("file-empty", {"name": "a.wav"})


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".mp4", ".txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_text_under_any_name(tmp_path: Path, suffix: str, encoding: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("Это не звук, а письмо.\n" * 300, encoding=encoding)

    assert refusal(path) == ("not-media", {"name": path.name})


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".mp4"])
def test_noise_under_any_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(random.Random(7).randbytes(20_000))

    assert refusal(path) == ("not-media", {"name": path.name})


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == ("file-is-folder", {"path": str(tmp_path)})


@pytest.mark.parametrize("length", [2, 700])
def test_a_gap_of_any_length_keeps_later_times_right(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.mka"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="mono")
        for second, pitch_of_it in ((0, 440), (1 + length, 1000)):
            values = (tone(1, pitch_of_it) * 32767).astype("<i2")[np.newaxis]
            frame = av.AudioFrame.from_ndarray(values, format="s16", layout="mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE, second * SAMPLE_RATE
            frame.time_base = Fraction(1, SAMPLE_RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))

    with closing(open_media(path)) as media:
        samples = np.concatenate(list(media))

    assert len(samples) / SAMPLE_RATE == pytest.approx(2 + length, abs=0.01)
    assert pitch(samples[-SAMPLE_RATE:]) == pytest.approx(1000, abs=1)
    (remark,) = media.remarks()
    assert remark.code == "file-has-gaps"
    assert remark.params["seconds"] == str(length)


def test_an_mp3_without_a_table_is_not_called_damaged(tmp_path: Path) -> None:
    """Its length is a guess: later seconds take more bytes than FFmpeg reckons with."""
    path, other = tmp_path / "a.mp3", tmp_path / "b.mp3"
    for file, length, rate in ((path, 20, 32_000), (other, 3, 320_000)):
        plain = {"write_xing": "0"}
        write(file, [tone(length, rate=44_100)], 44_100, bit_rate=rate, options=plain)
    path.write_bytes(path.read_bytes() + other.read_bytes())

    with closing(open_media(path)) as media:
        samples = np.concatenate(list(media))

    assert media.duration is not None
    assert media.duration > 25
    assert len(samples) / SAMPLE_RATE == pytest.approx(23, abs=0.2)
    assert media.remarks() == []


def test_a_word_in_a_title_is_no_table(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", [tone(1)], SAMPLE_RATE, options={"write_xing": "0"})
    with closing(open_media(path)) as media:
        assert not media._has_table()
    title = b"TIT2" + (20).to_bytes(4, "big") + b"\0\0" + b"\0Info: a lecture".ljust(20)
    path.write_bytes(b"ID3\x03\0\0\0\0\0" + bytes([len(title)]) + title + path.read_bytes())
    with closing(open_media(path)) as media:
        assert not media._has_table()


def test_a_table_behind_a_picture_is_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", [tone(1)], SAMPLE_RATE, options={"id3v2_version": "0"})
    picture = b"APIC" + (9000).to_bytes(4, "big") + b"\0\0" + bytes(9000)
    size = len(picture)
    tag = b"ID3\x03\0\0" + bytes([0, 0, size >> 7, size & 127]) + picture
    path.write_bytes(tag + path.read_bytes())
    with closing(open_media(path)) as media:
        assert media._has_table()


@pytest.mark.parametrize("suffix", [".mka", ".webm"])
def test_a_file_whose_times_do_not_begin_at_zero(tmp_path: Path, suffix: str) -> None:
    """Cut out of a longer one: nothing is missing."""
    path = tmp_path / f"a{suffix}"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libopus", rate=48_000, layout="mono")
        values = tone(3, rate=48_000)[np.newaxis]
        frame = av.AudioFrame.from_ndarray(values, format="flt", layout="mono")
        frame.sample_rate, frame.pts = 48_000, 10 * 48_000
        frame.time_base = Fraction(1, 48_000)
        resampler = av.AudioResampler("s16", "mono", 48_000, 960)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    with closing(open_media(path)) as media:
        samples = np.concatenate(list(media))
    assert len(samples) / SAMPLE_RATE == pytest.approx(3, abs=0.1)
    assert media.remarks() == []


@pytest.mark.parametrize("suffix", [".gsm", ".g722"])
def test_content_counts_more_than_a_name(tmp_path: Path, suffix: str) -> None:
    path = write_wav(tmp_path / "a.wav", tone(2)).rename(tmp_path / f"a{suffix}")
    assert np.allclose(read(path), tone(2), atol=1e-3)


def test_a_name_that_says_what_nothing_else_does(tmp_path: Path) -> None:
    path = tmp_path / "a.g722"
    with av.open(str(path), "w", format="g722") as file:
        stream = file.add_stream("g722", rate=SAMPLE_RATE, layout="mono")
        values = (tone(2) * 32767).astype("<i2")[np.newaxis]
        frame = av.AudioFrame.from_ndarray(values, format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler("s16", "mono", SAMPLE_RATE, stream.frame_size or 320)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    assert pitch(read(path)) == pytest.approx(440, abs=1)


def test_a_title_in_an_old_encoding(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1))
    title = "Лекция".encode("cp1251")
    info = b"INFOINAM" + len(title).to_bytes(4, "little") + title
    path.write_bytes(path.read_bytes() + b"LIST" + len(info).to_bytes(4, "little") + info)
    assert len(read(path)) == SAMPLE_RATE


@pytest.mark.parametrize("rate", [1, 100])
def test_a_header_that_names_no_possible_rate(tmp_path: Path, rate: int) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1))
    data = bytearray(path.read_bytes())
    data[24:28] = rate.to_bytes(4, "little")
    path.write_bytes(data)

    assert refusal(path) == ("rate-too-low", {"name": "a.wav", "rate": str(rate)})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "труба")

    assert refusal(tmp_path / "труба") == ("file-is-no-file", {"path": str(tmp_path / "труба")})


@pytest.mark.parametrize("count", [3, 8, 60])
def test_a_voice_in_one_of_many_channels(tmp_path: Path, count: int) -> None:
    """As recorders write them, without a word on where each channel belongs."""
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((count, 2, SAMPLE_RATE, 0, "NONE", ""))
        sound = np.zeros((2 * SAMPLE_RATE, count), "<i2")
        sound[:, -1] = tone(2) * 32767
        file.writeframes(sound.tobytes())

    assert np.allclose(read(path), tone(2), atol=1e-3)


def test_a_film_without_sound(tmp_path: Path) -> None:
    path = tmp_path / "немое.mkv"
    with av.open(str(path), "w") as file:
        film(file)

    assert refusal(path) == ("no-sound-track", {"name": "немое.mkv"})


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", [tone(1)], SAMPLE_RATE)
    path.chmod(0)

    assert refusal(path) == ("no-permission", {"path": str(path)})


SCRIPTS = {
    "ffconcat": "ffconcat version 1.0\nfile 'secret.wav'\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.wav\n#EXT-X-ENDLIST\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=audio 45678 RTP/AVP 0\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>'
    "<AdaptationSet><Representation><BaseURL>secret.wav</BaseURL></Representation>"
    "</AdaptationSet></Period></MPD>\n",
}


@pytest.mark.parametrize("script", sorted(SCRIPTS))
@pytest.mark.parametrize("suffix", [".wav", ".m3u8", ".sdp", ".mpd", ".mp4"])
@pytest.mark.parametrize("disguise", [b"", b"\0"])
def test_a_script_opens_nothing(tmp_path: Path, script: str, suffix: str, disguise: bytes) -> None:
    """Also one with a zero byte behind it, which does not look like text."""
    write(tmp_path / "secret.wav", [tone(1)], SAMPLE_RATE)
    path = tmp_path / f"x{suffix}"
    path.write_bytes(SCRIPTS[script].encode() + disguise)

    assert refusal(path) == ("not-media", {"name": path.name})


def test_the_script_is_one_that_ffmpeg_would_follow(tmp_path: Path) -> None:
    """The tests above could fail: without our options the script does open the other file."""
    write(tmp_path / "secret.wav", [tone(1)], SAMPLE_RATE)
    path = tmp_path / "x.wav"
    path.write_text(SCRIPTS["ffconcat"])

    with av.open(str(path)) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) == SAMPLE_RATE


def test_every_refusal_has_a_sentence() -> None:
    for code in ("file-missing", "not-readable", "file-empty", "not-media", "no-sound-track"):
        text = sentence(code, {"name": "a.wav", "path": "/a.wav"}, "ru")
        assert "a.wav" in text
        assert code not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no module resource")
def test_a_long_file_stays_small(tmp_path: Path) -> None:
    """Decoding takes the memory of a few blocks, not that of all samples."""
    path = tmp_path / "долго.wav"
    write_wav(path, np.tile(tone(60), 10))
    program = textwrap.dedent("""
        import resource, sys
        from contextlib import closing
        from pathlib import Path
        from tolmach.audio.media import open_media
        peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        before = peak()
        with closing(open_media(Path(sys.argv[1]))) as media:
            length = sum(len(block) for block in media)
        print(length, peak() - before)
    """)
    process = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    length, grown = map(int, process.stdout.split())

    assert length == 10 * 60 * SAMPLE_RATE
    assert grown < 20_000  # KiB; all samples together are 37,500


ODD = {
    "empty_mono.wav": "file-empty",
    "incorrect_sampling_freq.wav": "file-empty",
    "notsound.wav": "not-media",
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_files_of_the_world_are_refused(shared: Path, name: str) -> None:
    assert refusal(shared / "speech" / "odd" / name)[0] == ODD[name]


@pytest.mark.parametrize(
    ("name", "length"), [("silence.wav", 1.0), ("stereo_sound.wav", 11.28), ("test_mpeg.m4a", 3.63)]
)
def test_odd_files_of_the_world_are_read(shared: Path, name: str, length: float) -> None:
    samples = read(shared / "speech" / "odd" / name)

    assert len(samples) / SAMPLE_RATE == pytest.approx(length, abs=0.1)


def test_real_voices_are_read_whole(shared: Path) -> None:
    for path in sorted((shared / "speech" / "sah").glob("*.mp3"))[:10]:
        with closing(open_media(path)) as media:
            samples = np.concatenate(list(media))
            assert len(samples) / SAMPLE_RATE == pytest.approx(media.duration or 0, abs=0.2)
            assert media.remarks() == []


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_many_ways_to_damage_a_file(tmp_path: Path, suffix: str) -> None:
    """Whatever the bytes, there is a refusal with a code or there are samples within [-1, 1]."""
    path = write(tmp_path / f"a{suffix}", [tone(1, rate=48_000)] * 2, 48_000)
    whole = path.read_bytes()
    chance = random.Random(suffix)
    codes: set[str] = set()
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 10, 40))):
            at = chance.randrange(min(len(data), chance.choice((64, 512, len(data)))))
            data[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, chance.randbytes(4)))
        path.write_bytes(data)
        try:
            samples = read(path)
        except AppError as error:
            codes.add(error.code)
        else:
            assert np.max(np.abs(samples)) <= 1.0
    assert codes <= {"not-media", "file-empty", "no-sound-track"}


def test_every_container_that_we_allow_is_one_of_ffmpeg_s() -> None:
    formats = {name for names in av.formats_available for name in names.split(",")}

    assert set(CONTAINERS) <= formats
