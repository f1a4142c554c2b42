"""As much of HTTP/1.1 as a proxy needs that passes every byte on as it came."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exchange:
    """One request or one answer: its first line in words, its headers in lower case, and all its bytes."""

    first: tuple
    headers: dict
    content: bytes
    ends_connection: bool


def read_request(stream):
    """The next request, or None where the client has closed; `Expect: 100-continue` is not supported."""
    head = _head(stream)
    if head is None:
        return None
    first, headers, content = head
    assert "expect" not in headers, "the proxy does not answer 100 Continue"
    return _whole(stream, first, headers, content, until_close=False)


def read_answer(stream, method):
    """The answer to a request with this method; earlier 1xx answers are left out."""
    head = _head(stream)
    while head and head[0][1].startswith("1"):
        head = _head(stream)
    if head is None:
        raise ConnectionError("the server closed without an answer")
    first, headers, content = head
    if method == "HEAD" or first[1] in {"204", "304"}:
        return Exchange(first, headers, content, _closes(first[0], headers))
    framed = "content-length" in headers or _chunked(headers)
    return _whole(stream, first, headers, content, until_close=not framed)


def _head(stream):
    line = stream.readline()
    if not line:
        return None
    content, headers = line, {}
    first = tuple(line.decode("latin-1").split(None, 2))
    while (line := stream.readline()) not in {b"\r\n", b"\n", b""}:
        content += line
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    if not line:
        raise ConnectionError("closed within the headers")
    return first, headers, content + line


def _whole(stream, first, headers, content, *, until_close):
    if until_close:
        content += stream.read()
    elif _chunked(headers):
        content += _chunks(stream)
    else:
        content += _exactly(stream, int(headers.get("content-length", "0")))
    version = first[0] if first[0].startswith("HTTP/") else first[-1].strip()
    return Exchange(first, headers, content, until_close or _closes(version, headers))


def _chunks(stream):
    content = b""
    while True:
        line = stream.readline()
        size = int(line.split(b";")[0], 16)
        content += line
        if not size:
            break
        content += _exactly(stream, size + 2)
    while (line := stream.readline()) != b"\r\n":
        if not line:
            raise ConnectionError("closed within the trailers")
        content += line
    return content + line


def _exactly(stream, size):
    content = stream.read(size)
    if len(content) < size:
        raise ConnectionError("closed within the body")
    return content


def _chunked(headers):
    return headers.get("transfer-encoding", "").lower().endswith("chunked")


def _closes(version, headers):
    asked = headers.get("connection", "").lower()
    return asked == "close" or (version == "HTTP/1.0" and asked != "keep-alive")
