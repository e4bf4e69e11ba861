"""Make the video and the poster of the sample lesson from its captions: cards with a soft chime, and nobody on them.

Needs imageio-ffmpeg (`pip install imageio-ffmpeg`, which brings its encoder along), fontconfig and the fonts of the
Debian package fonts-noto-cjk. Run `python scripts/make_sample_video.py`; it overwrites 01.mp4 and 01.jpg beside
01.vtt. The same encoder and fonts give the same bytes; the files say nothing of when and where they were made.
"""

from __future__ import annotations

import math
import subprocess
import tempfile
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image, ImageDraw, ImageFont

from liaison.model.captions import read_captions
from liaison.model.cues import Cue

FOLDER = Path(__file__).resolve().parent.parent / "content" / "episodes" / "minfadian"
LESSON = FOLDER / "01-minfadian-shi-shenme.md"
WIDTH, HEIGHT, MARGIN = 640, 360, 40
RATE = 5  # frames a second: nothing moves but the bar
SAMPLES = 16_000  # samples of sound a second
PAPER, INK, MUTED, LINE, RED, SAND, GOLD = "#faf8f4", "#1d1b19", "#5b5650", "#e5dfd6", "#9b1c20", "#fbf3dc", "#74550f"
NOTES = (261.63, 293.66, 329.63, 392.0, 440.0)  # hertz: a scale in which any two sound well together
VIDEO = (
    *("-c:v", "libx264", "-profile:v", "main", "-preset", "veryslow", "-tune", "stillimage", "-crf", "29"),
    *("-g", str(RATE * 10), "-threads", "1"),
    "-vf",
    "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=color_primaries=bt709:color_trc=bt709",
    *("-bsf:v", "filter_units=remove_types=6"),  # x264 would write its version and settings into the stream
)
SOUND = ("-c:a", "aac", "-b:a", "14k", "-ac", "1")
QUIET = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")


@dataclass(frozen=True)
class Script:
    """What the cards say."""

    series: str
    title: str
    chapters: tuple[tuple[int, str], ...]
    """Milliseconds and titles."""
    cues: tuple[Cue, ...]

    @property
    def end(self) -> int:
        """Milliseconds."""
        return self.cues[-1].end

    def chapter(self, time: int) -> str:
        """The title of the chapter at this time."""
        return next((title for at, title in reversed(self.chapters) if at <= time), "")

    def said(self, time: int) -> str:
        """The caption at this time, else nothing."""
        return next((cue.text for cue in self.cues if cue.start <= time < cue.end), "")


def read() -> Script:
    """The lesson and its captions; stops at captions that have faults."""
    lesson, series = (
        yaml.safe_load(file.read_text("utf-8").split("---\n")[1]) for file in (LESSON, FOLDER / "index.md")
    )
    captions = read_captions((FOLDER / lesson["captions"]).read_text("utf-8"))
    if captions.faults:
        raise SystemExit("\n".join(f"{fault.line}: {fault.message}" for fault in captions.faults))
    chapters = tuple((_milliseconds(one["at"]), one["title"]) for one in lesson["chapters"])
    return Script(f"{series['title']} · 第1讲", lesson["title"], chapters, captions.cues)


def _milliseconds(moment: str) -> int:
    minutes, seconds = moment.split(":")
    return (int(minutes) * 60 + int(seconds)) * 1000


def font(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK with the forms of the mainland."""
    asked = ["fc-match", "--format", "%{family[0]}\n%{file}\n%{index}", f"Noto Sans CJK SC:style={style}"]
    family, file, index = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split("\n")
    if not family.startswith("Noto Sans CJK"):
        raise SystemExit(f"Noto Sans CJK is missing (fonts-noto-cjk); fontconfig offers {family}")
    return ImageFont.truetype(file, size, index=int(index))


class Cards:
    """Draws the poster and the frames."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.small, self.chapter = font("Regular", 17), font("Bold", 19)
        self.spoken, self.title = font("Bold", 30), font("Bold", 40)
        self.drawn: dict[tuple[str, str], Image.Image] = {}

    def ground(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        """What all cards share: the colours of the site, the series, and the mark of a sample."""
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        pen = ImageDraw.Draw(image)
        pen.rectangle((0, 0, WIDTH, 5), fill=RED)
        pen.text((MARGIN, 36), self.script.series, MUTED, self.small, anchor="lm")
        pen.rounded_rectangle((WIDTH - MARGIN - 54, 22, WIDTH - MARGIN, 50), radius=14, fill=SAND)
        pen.text((WIDTH - MARGIN - 27, 36), "示例", GOLD, self.small, anchor="mm")
        return image, pen

    def poster(self) -> Image.Image:
        """The title."""
        image, pen = self.ground()
        middle = HEIGHT // 2
        pen.text((WIDTH // 2, middle), self.script.title, INK, self.title, anchor="mm")
        pen.rectangle((WIDTH // 2 - 32, middle + 48, WIDTH // 2 + 32, middle + 51), fill=RED)
        chapters = " · ".join(title for _, title in self.script.chapters)
        pen.text((WIDTH // 2, HEIGHT - 48), chapters, MUTED, self.small, anchor="mm")
        return image

    def card(self, chapter: str, said: str) -> Image.Image:
        """A chapter and a sentence of it; drawn once."""
        if (chapter, said) not in self.drawn:
            image, pen = self.ground()
            pen.text((WIDTH // 2, 108), chapter, RED, self.chapter, anchor="mm")
            rows = said.split("\n")
            for number, row in enumerate(rows):
                height = HEIGHT // 2 + 18 + round((number - (len(rows) - 1) / 2) * 46)
                pen.text((WIDTH // 2, height), row, INK, self.spoken, anchor="mm")
            pen.rectangle((MARGIN, HEIGHT - 38, WIDTH - MARGIN - 1, HEIGHT - 35), fill=LINE)
            self.drawn[chapter, said] = image
        return self.drawn[chapter, said]

    def frames(self) -> Iterator[bytes]:
        """All frames, with a bar that tells how far it has gone."""
        for number in range(self.script.end * RATE // 1000):
            time = number * 1000 // RATE
            image = self.card(self.script.chapter(time), self.script.said(time)).copy()
            done = MARGIN + (WIDTH - 2 * MARGIN - 1) * time // self.script.end
            ImageDraw.Draw(image).rectangle((MARGIN, HEIGHT - 38, done, HEIGHT - 35), fill=RED)
            yield image.tobytes()


def chime(script: Script, file: Path) -> None:
    """Write a quiet note at the beginning of each caption, so that a player has something to play and to seek in."""
    sound = array("h", bytes(2 * (script.end * SAMPLES // 1000)))
    for number, cue in enumerate(script.cues):
        pitch, start = NOTES[number * 2 % len(NOTES)], cue.start * SAMPLES // 1000
        for at in range(min(2 * SAMPLES, len(sound) - start)):
            second = at / SAMPLES
            loud = 2600 * min(second / 0.03, 1) * math.exp(-2.2 * second)
            sound[start + at] += round(loud * math.sin(math.tau * pitch * second))
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, SAMPLES, 0, "NONE", ""))
        out.writeframes(sound.tobytes())


def main() -> None:
    """Write both files."""
    script = read()
    cards = Cards(script)
    cards.poster().save(FOLDER / "01.jpg", "JPEG", quality=82, optimize=True)
    with tempfile.TemporaryDirectory() as folder:
        track = Path(folder) / "chime.wav"
        chime(script, track)
        pictures = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-")
        target = ("-movflags", "+faststart", "-y", str(FOLDER / "01.mp4"))
        command = [get_ffmpeg_exe(), "-loglevel", "error", *pictures, "-i", str(track), *VIDEO, *SOUND, *QUIET, *target]
        subprocess.run(command, input=b"".join(cards.frames()), check=True)
    for name in ("01.mp4", "01.jpg"):
        print(name, (FOLDER / name).stat().st_size)


if __name__ == "__main__":
    main()
