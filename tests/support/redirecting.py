"""Real servers on loopback that answer by the rules that were written for them."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.server import free_port


def answer(port: int, host: str, path: str) -> tuple[int, str]:
    """Status and place to go for a path that is sent as it stands, sign by sign."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head and (more := wire.recv(65536)):
            head += more
    lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    places = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("location:")]
    assert len(places) < 2
    assert not [line for line in lines if line.lower().startswith("set-cookie")]
    return int(lines[0].split()[1]), places[0] if places else ""


@contextmanager
def _running(command: list[str], port: int) -> Iterator[int]:
    """A server in the foreground, ended at the end."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            for _ in range(200):
                if process.poll() is not None:
                    pytest.fail(f"{command[0]} did not start:\n{process.stdout.read() if process.stdout else ''}")
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def nginx(folder: Path, files: Mapping[str, bytes], inside: tuple[str, ...] = ()) -> Iterator[int]:
    """Nginx with these files, unchanged but for port and certificate; those named `inside` in a portal's server."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("needs nginx (Debian package nginx-light)")
    port = free_port()
    for name, data in files.items():
        text, count = re.subn(r"listen 80;\n *listen 443 ssl;", f"listen 127.0.0.1:{port};", data.decode())
        text, _ = re.subn(r" *ssl_certificate(_key)? .*\n", "", text)
        assert count == text.count("\nserver {")
        (folder / name).write_text(text, "utf-8")
    included = "".join(f"include {folder}/{name};\n" for name in inside)
    portal = f"server {{ listen 127.0.0.1:{port} default_server; server_name www.example.gov.cn;\n{included}"
    portal += "location / { return 200 portal; } }"
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; worker_processes 1;\n"
        f"events {{ worker_connections 64; }}\n"
        f"http {{ access_log off; server_names_hash_bucket_size 128;\n"
        f"client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;\n"
        f"uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n"
        f"include {folder}/liaison-redirects.conf;\n{portal}\n}}\n",
        "utf-8",
    )
    with _running([program, "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", "stderr"], port) as running:
        yield running


@contextmanager
def apache(folder: Path, hosts: Mapping[str, str], *, modules: tuple[str, ...], root: Path) -> Iterator[int]:
    """Apache with the text inside `<VirtualHost>` for each host, and these modules besides the smallest set."""
    program = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
    where = Path("/usr/lib/apache2/modules")
    if program is None or not where.is_dir():
        pytest.skip("needs Apache (Debian package apache2-bin)")
    port = free_port()
    load = "".join(
        f"LoadModule {name}_module {where}/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "alias", "dir", *modules)
    )
    blocks = "".join(
        f"<VirtualHost *:{port}>\nServerName {host}\nDocumentRoot {root}\n{text}\n</VirtualHost>\n"
        for host, text in hosts.items()
    )
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nPidFile {folder}/pid\nListen 127.0.0.1:{port}\nServerName localhost\n{load}"
        f"ErrorLog {folder}/errors\n<Directory {root}>\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n"
        f"{blocks}",
        "utf-8",
    )
    with _running([program, "-f", f"{folder}/apache.conf", "-DFOREGROUND"], port) as running:
        yield running
