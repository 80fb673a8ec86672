"""Let one run at a time write to a folder; the second says so and leaves.

The lock is the operating system's: it ends with the process that holds it, however that ends, so that no killed run leaves one
behind. Snakemake's own (per working directory, left behind by kill -9) is switched off in the profiles.
"""

import fcntl
import os
import socket
from pathlib import Path

from pipeline.errors import InputError
from pipeline.places import Place

# Beside the logs: it names a process, and tables do not.
FILE = Path("logs") / "running.lock"
_HELD: dict[Path, int] = {}


def hold(processed: Place) -> None:
    """Take the folder until this process ends; raises InputError naming the run that has it."""
    path = processed.here.resolve() / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(handle, 200).decode(errors="replace").strip() or "an unknown process"
        os.close(handle)
        raise InputError(
            [
                f"{processed}: another run is at work here, {holder} (wait until it ends, or name another folder: "
                "--config processed=DIR)"
            ]
        ) from None
    os.ftruncate(handle, 0)
    os.write(handle, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
    _HELD[path] = handle  # kept open: closing it would give the folder away
