"""Downloads from a server on this machine that breaks off: what came before is kept, and the file ends up whole."""

import http.server
import threading

import pytest

from pipeline.engines import downloading
from pipeline.errors import InputError

CONTENT = bytes(range(256)) * 4000


class Server(http.server.BaseHTTPRequestHandler):
    """Serve one file, by ranges; the first answer stops half-way."""

    def do_GET(self):
        """Answer with the file from the byte asked for."""
        self.server.asked.append(self.headers.get("Range"))
        start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        if start >= len(CONTENT):
            self.send_error(416)
            return
        rest = CONTENT[start:]
        self.send_response(206 if start and self.server.ranges else 200)
        rest = rest if self.server.ranges else CONTENT
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: len(rest) // 2] if len(self.server.asked) == 1 else rest)

    def log_message(self, *_):
        """Say nothing on the screen."""


@pytest.fixture
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    made.asked, made.ranges = [], True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def url(server) -> str:
    return f"http://127.0.0.1:{server.server_port}/mtl/model.zip"


def test_a_broken_download_is_taken_up_again(server, tmp_path):
    to = tmp_path / "mtl" / "model.zip"
    with pytest.raises(InputError, match="the same command goes on there"):
        downloading.fetch(url(server), to)
    assert not to.exists()
    downloading.fetch(url(server), to)
    assert to.read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={len(CONTENT) // 2}-"]


def test_a_server_without_ranges_sends_all_again(server, tmp_path):
    server.ranges = False
    to = tmp_path / "model.zip"
    with pytest.raises(InputError):
        downloading.fetch(url(server), to)
    downloading.fetch(url(server), to)
    assert to.read_bytes() == CONTENT


def test_what_had_come_whole_is_kept(server, tmp_path):
    (tmp_path / "model.zip.part").write_bytes(CONTENT)
    downloading.fetch(url(server), tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == CONTENT


def test_progress_is_shown(server, tmp_path, capsys):
    server.asked.append("an earlier one")
    downloading.fetch(url(server), tmp_path / "model.zip")
    assert "model.zip: 1.0 of 1.0 MB (100 %)" in capsys.readouterr().err


def test_no_server_is_told(tmp_path):
    with pytest.raises(InputError, match="127.0.0.1:9"):
        downloading.fetch("http://127.0.0.1:9/model.zip", tmp_path / "model.zip")
