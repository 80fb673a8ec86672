"""Give a folder a disk of its own, small enough to be full, and take it away again even if the test run was killed."""

import contextlib
import os
import subprocess
from pathlib import Path

import psutil

# Mounts are known by this name and the process that made them, so that a later run can clear what a killed one left.
NAME = "small-disk-of-process-"
PAGE = 4096  # tmpfs counts in these
LARGE = 100 << 20


def cannot() -> str:
    """Say why no disk can be mounted here, or return an empty string."""
    return "" if os.geteuid() == 0 and Path("/bin/mount").exists() else "only root can mount a small disk"


def clear() -> None:
    """Unmount every small disk whose test run has ended."""
    for source, target in _mounted():
        if not psutil.pid_exists(int(source.removeprefix(NAME))):
            subprocess.run(["umount", "--lazy", target], check=True)


def _mounted() -> list[tuple[str, str]]:
    lines = [line.split(" ") for line in Path("/proc/mounts").read_text().splitlines()]
    return [(line[0], line[1].replace("\\040", " ")) for line in lines if line[0].startswith(NAME)]


class SmallDisk:
    """A folder on a disk of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        self._mount("", LARGE)

    def fill(self) -> None:
        """Leave no room."""
        held = os.statvfs(self.folder)
        self._mount("remount,", (held.f_blocks - held.f_bfree) * held.f_frsize + PAGE)
        with contextlib.suppress(OSError):  # a job may have taken the last page meanwhile
            (self.folder / "ballast").write_bytes(b"x" * PAGE)

    def make_room(self) -> None:
        """Let everything fit again."""
        self._mount("remount,", LARGE)
        (self.folder / "ballast").unlink(missing_ok=True)

    def remove(self) -> None:
        """Take the disk away with all that is on it."""
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def _mount(self, again: str, size: int) -> None:
        options = f"{again}size={size}"
        command = ["mount", "-t", "tmpfs", "-o", options, f"{NAME}{os.getpid()}", self.folder]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise OSError(f"no small disk can be mounted at {self.folder}: {done.stderr}")
