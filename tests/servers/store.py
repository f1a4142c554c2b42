"""A strict S3-compatible store: SeaweedFS, which checks every signature, with one bucket that all may read."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests

KEY_ID, KEY = "AKFOOTNOTETEST", "canary-store-secret+/x"
BUCKET, CLOSED = "feet", "closed"


def program(name):
    """Where pip put it; None where it is not installed."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


@dataclass
class Store:
    endpoint: str

    def client(self):
        import botocore.session

        return botocore.session.get_session().create_client(
            "s3",
            region_name="us-east-1",
            endpoint_url=self.endpoint,
            aws_access_key_id=KEY_ID,
            aws_secret_access_key=KEY,
        )


def free_ports(count):
    with contextlib.ExitStack() as held:
        lines = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [line.getsockname()[1] for line in lines]


@contextlib.contextmanager
def start_store(folder):
    """Every port is one that was free: its own would be 10,000 higher, for which there may be no room."""
    s3, *rest = free_ports(9)
    master, master_g, volume, volume_g, filer, filer_g, s3_g, _ = rest
    everybody = {"name": "anonymous", "actions": [f"Read:{BUCKET}"]}
    ours = {"name": "us", "credentials": [{"accessKey": KEY_ID, "secretKey": KEY}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [everybody, ours]}))
    (folder / "weed").mkdir()
    options = {
        "dir": folder / "weed",
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.port": master,
        "master.port.grpc": master_g,
        "volume.port": volume,
        "volume.port.grpc": volume_g,
        "volume.max": 10,
        "filer.port": filer,
        "filer.port.grpc": filer_g,
        "s3.port": s3,
        "s3.port.grpc": s3_g,
        "s3.config": folder / "s3.json",
        "master.volumeSizeLimitMB": 16,
    }
    command = [program("weed"), "server", "-s3", *(f"-{name}={value}" for name, value in options.items())]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as process:
        try:
            store = Store(f"http://127.0.0.1:{s3}")
            _wait(store, process, folder / "log")
            yield store
        finally:
            process.kill()  # it does not mind, and asked kindly it takes its time


def _wait(store, process, log):
    from botocore.exceptions import BotoCoreError, ClientError

    until = time.monotonic() + 60
    while True:
        try:
            requests.get(store.endpoint, timeout=5)
            for bucket in (BUCKET, CLOSED):
                store.client().create_bucket(Bucket=bucket)
        except (requests.RequestException, BotoCoreError, ClientError):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text()[-3000:]) from None
            time.sleep(0.3)
        else:
            return
