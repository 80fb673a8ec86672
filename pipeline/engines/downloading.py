"""Download a model of HanLP with its encoder, and take up again what was broken off: `make hanlp-download MODEL=…`.

HanLP's own download starts from nothing when it fails. The file goes where HanLP looks for it, under HANLP_HOME.
"""

import argparse
import sys
import urllib.error
import urllib.request
from pathlib import Path

from pipeline.engines import models
from pipeline.engines.models import Released
from pipeline.errors import InputError, did_you_mean

CHUNK = 1 << 18
TIMEOUT = 60
ALREADY_WHOLE = 416  # what a server answers when nothing is left to send


def main(arguments: list[str] | None = None) -> None:
    """Fetch what is missing of a model, load it once, and say how to use it."""
    parser = argparse.ArgumentParser(prog="make hanlp-download", description=__doc__)
    parser.add_argument(
        "model", help="HanLP's name of a model, such as CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
    )
    model = parser.parse_args(arguments).model
    try:
        download(model)
        from pipeline.engines import hanlp

        hanlp.open(model)
    except InputError as error:
        sys.exit(str(error))
    print(f"{model} is ready. Use it: make run ENGINE=hanlp MODEL={model}")


def download(model: str) -> None:
    """Fetch a model and the encoder it was built on, where they are not on this machine yet."""
    if not models.installed():
        raise InputError(["hanlp is not installed here (make hanlp-download installs it into .venv-hanlp)"])
    known = models.released()
    if model not in known:
        raise InputError([f"{model}: HanLP offers no such model{did_you_mean(model, known)}"])
    _place(known[model])
    encoder = models.offered_encoder(known[model].folder)
    if encoder:
        _place(encoder)


def _place(offered: Released) -> None:
    if offered.folder.is_dir():
        return
    archive = models.home() / offered.path
    if not archive.exists():
        fetch(offered.url, archive)
    from hanlp.utils.io_util import uncompress

    uncompress(str(archive), verbose=False)


def fetch(url: str, to: Path) -> None:
    """Download `url`, going on where an earlier attempt stopped; raises InputError when the connection breaks."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(to.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            resumed = answer.status == 206
            left = int(answer.headers.get("Content-Length") or 0)
            _save(answer, part, have if resumed else 0, left, to.name)
    except urllib.error.HTTPError as error:
        if error.code != ALREADY_WHOLE or not have:
            raise InputError([f"{url}: {error.code} {error.reason}"]) from error
    except OSError as error:
        got = part.stat().st_size if part.exists() else 0
        raise InputError(
            [f"{url}: broken off after {got:,} bytes: {error} (the same command goes on there)"]
        ) from error
    part.rename(to)


def _save(answer, part: Path, have: int, left: int, name: str) -> None:
    total, told = have + left, -1
    with part.open("ab" if have else "wb") as file:
        while chunk := answer.read(CHUNK):
            file.write(chunk)
            have += len(chunk)
            percent = 100 * have // total if total else 0
            if percent != told:
                told = percent
                print(
                    f"\r{name}: {have / 1e6:,.1f} of {total / 1e6:,.1f} MB ({percent} %)",
                    end="",
                    file=sys.stderr,
                )
    print(file=sys.stderr)
    if have < total:
        raise OSError(f"{total - have:,} bytes missing")


if __name__ == "__main__":
    main()
