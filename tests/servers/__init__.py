"""Servers that others wrote, started for tests on loopback, and the proxy that loses their answers."""

import secrets
import socket
import subprocess
import time
from contextlib import contextmanager

import requests


def free_port():
    """A port nobody listens on, below those the system hands to clients, so that no client takes it meanwhile."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)  # not `random`: every worker of a run has the same seed
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


@contextmanager
def running(command, *, answers, log, **how):
    """The command as a process of ours from the moment the address answers; ended by its own pid.

    What it says is in `log`; where it dies before it answers, the error shows the end of that file.
    """
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, **how)
    try:
        _wait(process, answers, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process, address, log, seconds=90):
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        try:
            requests.get(address, timeout=5)
        except requests.RequestException:
            time.sleep(0.05)
        else:
            return
    ended = "did not answer" if process.returncode is None else f"ended with {process.returncode}"
    raise RuntimeError(f"{process.args[0]} {ended}: {log.read_text(errors='replace')[-2000:]}")
