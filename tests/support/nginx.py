"""nginx on loopback, with a configuration and folders of its own, as the user who runs the tests."""

from __future__ import annotations

import getpass
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.server import free_port, wait_for

_CONFIGURATION = """
{user}
daemon off;
master_process off;
pid {own}/nginx.pid;
error_log {own}/error.log warn;
events {{ worker_connections 128; }}
http {{
  access_log off;
  types {{ text/html html; text/css css; application/xml xml; application/json json; }}
  client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/fastcgi;
  uwsgi_temp_path {own}/uwsgi; scgi_temp_path {own}/scgi;
  keepalive_requests 1000000;
  server {{
    listen 127.0.0.1:{port};
    root {folder};
    index index.html;
  }}
}}
"""


@contextmanager
def serving_with_nginx(folder: Path, own: Path) -> Iterator[int]:
    """Serve a folder, which may be a link; the port."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("needs nginx")
    own.mkdir()
    port = free_port()
    user = f"user {getpass.getuser()};" if getpass.getuser() == "root" else ""
    (own / "nginx.conf").write_text(_CONFIGURATION.format(user=user, own=own, port=port, folder=folder), "utf-8")
    running = subprocess.Popen([program, "-c", str(own / "nginx.conf"), "-p", str(own)], stderr=subprocess.DEVNULL)
    try:
        wait_for(port, running)
        yield port
    finally:
        running.terminate()
        running.wait(10)
