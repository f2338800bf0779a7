"""A static host for lakes: files and ranges of their bytes, nothing else. It counts what it is asked."""

import functools
import http.server
import threading
from pathlib import Path


class Host:
    """Serves a folder at `address` until it is closed."""

    def __init__(self, folder: Path):
        self.requests, self.bytes, self.lock = 0, 0, threading.Lock()
        handler = functools.partial(RangeHandler, self, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def count(self, size: int) -> None:
        with self.lock:
            self.requests += 1
            self.bytes += size

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class RangeHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, host: Host, *arguments, **options):
        self.host = host
        super().__init__(*arguments, **options)

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.host.count(0)
        super().do_HEAD()

    def do_GET(self):
        asked, path = self.headers.get("Range"), Path(self.translate_path(self.path))
        size = path.stat().st_size if path.is_file() else 0
        if asked is None or not path.is_file():
            self.host.count(size)
            return super().do_GET()
        start, end = asked.removeprefix("bytes=").split("-")
        first = int(start) if start else size - int(end)
        last = min(int(end), size - 1) if start and end else size - 1
        with path.open("rb") as file:
            file.seek(first)
            part = file.read(last - first + 1)
        self.host.count(len(part))
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)
        return None
