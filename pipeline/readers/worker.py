"""Read files in a process of its own, which a hostile file can only bring down itself.

The process takes requests from its input and answers on its output, one JSON line each; a request's line is followed by
the file's bytes. It has a limit on its memory, and may neither reach the network, nor start programs, nor write files.
"""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "urllib.",
)
FORBIDDEN += (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "os.link",
    "os.symlink",
    "shutil.",
    "ftplib.",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
MEGABYTE = 1_000_000


def serve() -> None:
    """Answer requests until the input ends."""
    sys.dont_write_bytecode = True
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not fall between the answers
    _say(answers, {"ready": True})
    sys.addaudithook(_guard)
    while line := requests.readline():
        request = json.loads(line)
        _say(answers, _answer(request, requests.read(request["size"])))


def _say(answers, message: dict) -> None:
    answers.write(json.dumps(message).encode("ascii") + b"\n")
    answers.flush()


def _answer(request: dict, data: bytes) -> dict:
    from pipeline import readers

    limits = readers.Limits(**request["limits"])
    _limit_memory(limits.max_memory_mb)
    try:
        return {"reading": asdict(readers.read_bytes(data, request["suffix"], limits))}
    except readers.UnreadableFile as error:
        return {"problem": str(error)}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {
            "problem": "is nested so deep that no report can be in it (save it anew from the program it was made with)"
        }
    except Exception as error:
        return {"problem": f"is damaged in a way that stopped the reader ({type(error).__name__}: {error})"}


def _limit_memory(megabytes: int) -> None:
    """Bound the process's memory where the system can (Linux); elsewhere the time limit has to do."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError):  # macOS knows the limit by name only
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, hard))


def _guard(event: str, arguments: tuple) -> None:
    """Refuse what reading a file never needs."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"reading a file must not do {event}")
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        raise PermissionError(f"reading a file must not write {arguments[0]}")


if __name__ == "__main__":
    serve()
