"""A proxy on loopback that loses answers after the server has acted, and requests before it has."""

import contextlib
import select
import socket
import struct
import threading
from urllib.parse import urlsplit

from tests.servers.fates import PASS, UNANSWERED, Plan, Seen
from tests.servers.wire import read_answer, read_request

PATIENCE = 60  # seconds a stalled connection is held at most, and a server may take
HTML = b"<!DOCTYPE html><title>Be right back</title><h1>We are working on it.</h1>\n"


class Lossy:
    """Stands before `target`; `url` is its address, `log` what it has seen, in the order of the fates.

    Every request passes until `plan` or chance (`seed`, `share`, `among`, `method`, `path`) says otherwise. Bytes are
    passed on as they came. An answer is read whole before it is lost, so the log holds what the server said.
    """

    def __init__(self, target, *, delay=0.05, **chance):
        self._server = (urlsplit(target).hostname, urlsplit(target).port)
        self._plan = Plan(**chance)
        self._delay = delay
        self._open, self._threads, self._stopped = set(), [], threading.Event()
        self.log = []
        self._listen(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def plan(self, method, path, *fates):
        """The next requests with this method ("" is any) and this start of the path meet these fates, in turn."""
        self._plan.add(method, path, fates)

    def settle(self):
        """Waits until every late request has reached the server."""
        for thread in [t for t in self._threads if t.name == "late"]:
            thread.join()

    @contextlib.contextmanager
    def closed(self):
        """Nobody listens within the block: a client is refused before it could send anything."""
        address = self._listener.getsockname()
        self._hang_up()
        try:
            yield
        finally:
            self._listen(address)

    def stop(self):
        """Closes everything; late requests that have not left yet never will."""
        self._stopped.set()
        self._hang_up()
        for thread in self._threads:
            thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _start(self, work, *args, name=None):
        thread = threading.Thread(target=work, args=args, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _listen(self, address):
        self._listener = socket.create_server(address)
        self._accepting = self._start(self._accept, self._listener)

    def _hang_up(self):
        """Ends the listening and shuts every connection down; the thread that serves it closes it."""
        _shut(self._listener)
        self._accepting.join()
        self._listener.close()
        for client in list(self._open):
            _shut(client)

    def _accept(self, listener):
        listener.settimeout(0.1)  # not every system wakes who waits for a listener that closes
        with contextlib.suppress(OSError):  # it was closed
            while not self._stopped.is_set():
                with contextlib.suppress(TimeoutError):
                    client, _ = listener.accept()
                    self._open.add(client)
                    self._start(self._serve, client)

    def _serve(self, client):
        try:
            with client, client.makefile("rb") as stream, contextlib.suppress(OSError, ValueError):
                while self._one(client, stream):
                    pass
        finally:
            self._open.discard(client)

    def _one(self, client, stream):
        """Lets one request meet its fate; true where the connection lives on."""
        method, path = self._peek(client)
        if not method:
            return False
        fate = self._plan.fate(method, path)
        if fate in UNANSWERED:
            self._note(method, path, fate, None)
            self._leave(client, stream, fate)
            return False
        request = read_request(stream)
        answer = self._ask(request)
        self._note(method, path, fate, answer and int(answer.first[1]))
        if answer is None:  # the server is gone, and so is the answer
            return False
        if fate == PASS:
            client.sendall(answer.content)
            return not (answer.ends_connection or request.ends_connection)
        self._lose(client, fate, answer.content)
        return False

    def _leave(self, client, stream, fate):
        request = None if fate == "refuse" else read_request(stream)  # refused: not a byte was read
        if fate == "late":
            self._start(self._late, request, name="late")
        if fate != "never":
            _reset(client)

    def _lose(self, client, fate, content):
        if fate == "cut":
            client.sendall(content[: len(content) // 2])
        elif fate == "reset":
            _reset(client)
        elif fate == "stall":
            self._stall(client)
        elif fate in {"bad_gateway", "lie"}:
            client.sendall(_html("502 Bad Gateway" if fate == "bad_gateway" else "200 OK"))

    def _stall(self, client):
        """Silence until the client hangs up, patience ends, or the proxy stops (which shuts the connection down)."""
        select.select([client], [], [], PATIENCE)

    def _late(self, request):
        if not self._stopped.wait(self._delay):
            answer = self._ask(request)
            self._note(*request.first[:2], "arrived", answer and int(answer.first[1]))

    def _ask(self, request):
        try:
            with socket.create_connection(self._server, PATIENCE) as server, server.makefile("rb") as stream:
                server.sendall(request.content)
                return read_answer(stream, request.first[0])
        except OSError:
            return None

    def _note(self, *facts):
        self.log.append(Seen(*facts))

    def _peek(self, client):
        """The method and path of the next request, still unread; empty where the client has closed."""
        seen = client.recv(16_384, socket.MSG_PEEK)
        while seen and b"\r\n" not in seen and not self._stopped.wait(0.005):
            seen = client.recv(16_384, socket.MSG_PEEK)
        words = seen.split(b"\r\n")[0].decode("latin-1").split()
        return (words[0], words[1]) if len(words) == 3 else ("", "")


def _shut(connection):
    with contextlib.suppress(OSError):  # the other side may have been first
        connection.shutdown(socket.SHUT_RDWR)


def _reset(client):
    """Makes the close that follows a RST instead of a FIN."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _html(status):
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(HTML)}\r\nConnection: close\r\n\r\n"
    return head.encode() + HTML
