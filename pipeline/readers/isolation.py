"""Read files in a worker process, started when first needed and started anew when a file has brought it down."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from pipeline.readers import read_bytes
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "pipeline.readers.worker")
SAFE_HERE = (".txt",)  # decoding takes time and memory in proportion to the file, which has a limit
MOST_FILES = 200  # after which a worker is replaced, so that what libraries keep in memory cannot add up
PATIENCE = 60  # seconds a worker may take to start on a busy machine


class Isolated:
    """Reads files within the limits. Use it in a `with` block: leaving it ends the worker."""

    def __init__(self, limits: Limits, command: tuple[str, ...] = COMMAND):
        self.limits, self.command = limits, command
        self.process: subprocess.Popen | None = None
        self.served = 0

    def __enter__(self) -> "Isolated":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def read(self, data: bytes, suffix: str) -> Reading:
        """Read a file's bytes; raises UnreadableFile, also when the file takes too long or brings the worker down."""
        if suffix.lower() in SAFE_HERE:
            return read_bytes(data, suffix, self.limits)
        if self.process is None or self.served >= MOST_FILES:
            self._start()
        self.served += 1
        answer = self._ask(data, suffix)
        if "reading" in answer:
            return Reading(**answer["reading"])
        raise UnreadableFile(answer.get("problem") or _too_much_memory(self.limits))

    def stop(self) -> None:
        """End the worker, if there is one."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _start(self) -> None:
        self.stop()
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
        )
        self.served = 0
        line, _ = self._line(PATIENCE)
        if not line:
            self.stop()
            raise RuntimeError(f"the reading process did not start: {' '.join(self.command)}")

    def _ask(self, data: bytes, suffix: str) -> dict:
        request = {
            "suffix": suffix,
            "size": len(data),
            "limits": self.limits.model_dump(include=set(Limits.model_fields)),
        }
        try:
            self.process.stdin.write(json.dumps(request).encode("ascii") + b"\n" + data)
            self.process.stdin.flush()
        except OSError:  # the worker is gone: the empty line below says so
            pass
        line, late = self._line(self.limits.max_seconds)
        if line:
            return json.loads(line)
        code = self.process.wait(PATIENCE)
        self.stop()
        return {"problem": _too_long(self.limits) if late else _crashed(code)}

    def _line(self, seconds: float) -> tuple[bytes, bool]:
        """Wait for a line from the worker, killing it after so many seconds; says whether it came to that."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            line = self.process.stdout.readline()
        finally:
            timer.cancel()
        return (line if line.endswith(b"\n") else b""), late.is_set()


def _too_long(limits: Limits) -> str:
    return (
        f"takes longer than {limits.max_seconds} s to read, as files made to stop a program do "
        "(if it is a real report, raise texts: max_seconds in the config, or save it anew)"
    )


def _too_much_memory(limits: Limits) -> str:
    return (
        f"needs more than {limits.max_memory_mb:,} MB of memory to read, as files made to stop a program do "
        "(if it is a real report, raise texts: max_memory_mb in the config, or save it anew)"
    )


def _crashed(code: int) -> str:
    return f"brought the reading process down (exit {code}): it is damaged, or made to (save it anew, or print it to PDF)"
