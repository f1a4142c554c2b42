"""Where Meta fetches pictures from: a folder on loopback; `answers` says something else for a path."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from PIL import Image


class Pictures:
    def __init__(self, folder):
        self.folder, self.answers, self.log = folder, {}, []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Shelf)
        self._http.daemon_threads, self._http.pictures = True, self
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def address(self, media):
        """As Premises has it."""
        return f"{self.url}/{media.sha256}.jpg"

    def instead(self, media, status=200, kind="image/jpeg", content=b""):
        self.answers[f"/{media.sha256}.jpg"] = (status, kind, content)

    def stop(self):
        self._http.shutdown()
        self._http.server_close()


def drawn(kind="JPEG", size=(108, 135)):
    file = BytesIO()
    Image.new("RGB", size, "#0d3b3e").save(file, kind)
    return file.getvalue()


class _Shelf(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        shelf = self.server.pictures
        shelf.log.append(self.path)
        file = shelf.folder / self.path.strip("/")
        usual = (200, "image/jpeg", file.read_bytes()) if file.is_file() else (404, "text/html", b"not here")
        status, kind, content = shelf.answers.get(self.path, usual)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass
