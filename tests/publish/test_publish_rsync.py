"""Publishing to a host over SSH, with a real sshd and rsync: the same promises as for a folder."""

import json
import os
import random
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from liaison.model.site import Layout
from liaison.publish.audit import audit_folder
from liaison.publish.manifest import Manifest
from liaison.publish.place import STEPS, PublishError
from liaison.publish.plain import MARK, STAGED
from support.disks import fill, make_read_only, make_writable, small_disk
from support.nginx import serving_with_nginx
from support.publisher import go_back, lay_out, put_there, put_there_and_die
from support.readers import reading
from support.server import free_port
from support.sshd import Cutter, SshHost, serving_ssh

TRUST = int(os.environ.get("LIAISON_TRUST", "1"))
PUBLISHES, KILLS = 6 * TRUST, 5 * TRUST
WORDS = "甲乙丙"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    """A host that is reached by SSH."""
    with serving_ssh(tmp_path_factory.mktemp("ssh") / "own") as running:
        yield running


@pytest.mark.parametrize("layout", ["current", "plain"])
def test_publishing_over_ssh_while_clients_read(tmp_path: Path, host: SshHost, layout: Layout) -> None:
    """Published and killed at every step: no file is missing or of no release, and the next run needs no help."""
    known = {word: lay_out(tmp_path / word, word) for word in WORDS}
    folder = tmp_path / "host"
    target = host.target(folder, layout)
    served = folder / "current" if layout == "current" else folder
    put_there(target, tmp_path / "甲", tmp_path)
    rng, live = random.Random(TRUST), "甲"
    unknown = {"placing", "placed", "removing"} if layout == "current" else {"verified", "removing"}
    steps = [step for step in STEPS if step not in unknown]
    with serving_with_nginx(served, tmp_path / "nginx") as port, reading(port, known.values(), 2, 0.01) as found:
        for number in range(PUBLISHES):
            other, live = rng.sample([word for word in WORDS if word != live], 2)
            if number < KILLS:
                step = steps[(TRUST * 5 + number) % len(steps)]
                at = rng.randrange(1, 40) if step == "copying" else 1
                assert put_there_and_die(target, tmp_path / other, tmp_path, step, at)
                if layout == "current":
                    assert audit_folder(served, Manifest.read(served)) == ()
            if put_there(target, tmp_path / live, tmp_path).is_same:
                assert step in {"switched", "confirmed", "logged", "pruned"}
            assert audit_folder(served, Manifest.read(served)) == ()
            assert {path: (served / path).read_bytes() for path in known[live]} == known[live]
            assert not (folder / MARK).exists()
            assert not (folder / STAGED).exists()
    assert found.wrong == []
    assert found.answers > 3 * PUBLISHES
    assert len(found.seen["index.html"]) == 3


def test_a_connection_that_breaks(tmp_path: Path, host: SshHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut for a moment, the work goes on; cut for good, that is said and the site stays; the next run goes through."""
    monkeypatch.setattr("liaison.publish.shell.WAITS", (0.05, 0.1))
    rng = random.Random(TRUST)
    for word in WORDS:  # the larger part does not get smaller by compressing it
        lay_out(tmp_path / word, word, {"film.mp4": rng.randbytes(400_000)})
    cutter = Cutter(host.port)
    try:
        target = host.target(tmp_path / "host", port=cutter.port)
        put_there(target, tmp_path / "甲", tmp_path)
        cutter.cut_after(100_000, for_good=False)
        put_there(target, tmp_path / "乙", tmp_path)
        assert audit_folder(tmp_path / "host/current", Manifest.read(tmp_path / "乙")) == ()
        for count in (1_000, 30_000, 200_000):
            cutter.cut_after(count, for_good=True)
            with pytest.raises(
                PublishError, match=r"和 .*127.0.0.1 的连接.*网站没有变。处理好以后再运行一次同样的命令"
            ):
                put_there(target, tmp_path / "丙", tmp_path, may_break=True)
            assert audit_folder(tmp_path / "host/current", Manifest.read(tmp_path / "乙")) == ()
            cutter.mend()
        # this process is alive, so nobody can know that it gave up: somebody has to say so
        with pytest.raises(PublishError, match="再加上 --break-lock"):
            put_there(target, tmp_path / "丙", tmp_path)
        put_there(target, tmp_path / "丙", tmp_path, may_break=True)
        assert audit_folder(tmp_path / "host/current", Manifest.read(tmp_path / "丙")) == ()
    finally:
        cutter.close()


@pytest.mark.parametrize("layout", ["current", "plain"])
def test_a_host_that_is_full(tmp_path: Path, host: SshHost, layout: Layout) -> None:
    """A disk that fills up on the way, or nothing can be written on, is told; the site stays as it was."""
    for word in "甲乙":
        lay_out(tmp_path / word, word)
    with small_disk(tmp_path / "disk", 48) as disk:
        target = host.target(disk / "host", layout)
        served = disk / "host" / ("current" if layout == "current" else "")
        put_there(target, tmp_path / "甲", tmp_path)
        stored = len(lay_out(tmp_path / "again", "乙")) if layout == "plain" else 0
        seen = 0

        def tell(step: str) -> None:
            nonlocal seen
            seen += step == "copying"
            if seen == stored + 1:
                fill(disk)

        with pytest.raises(PublishError, match="的磁盘满了；网站没有变"):
            put_there(target, tmp_path / "乙", tmp_path, tell)
        assert audit_folder(served, Manifest.read(tmp_path / "甲")) == ()
        (disk / "filler").unlink()
        make_read_only(disk)
        with pytest.raises(PublishError, match="只读的，写不进去；网站没有变"):
            put_there(target, tmp_path / "乙", tmp_path)
        make_writable(disk)
        put_there(target, tmp_path / "乙", tmp_path)
        assert audit_folder(served, Manifest.read(tmp_path / "乙")) == ()


def test_going_back_over_ssh(tmp_path: Path, host: SshHost) -> None:
    """As in a folder: to what was published before; old releases go; a damaged one is not gone back to."""
    for word in WORDS:
        lay_out(tmp_path / word, word)
    target = host.target(tmp_path / "host")
    names = [put_there(target, tmp_path / word, tmp_path, keep=2).name for word in WORDS]
    assert sorted(one.name for one in (tmp_path / "host/releases").iterdir()) == names[1:]
    same = "D/00/00000/index.html"
    assert len({(tmp_path / "host/releases" / name / same).stat().st_ino for name in names[1:]}) == 1
    hurt = tmp_path / "host/releases" / names[1] / "index.html"
    before = hurt.read_bytes()
    hurt.write_text("改过", "utf-8")
    with pytest.raises(PublishError, match="这一版不完整"):
        go_back(target, tmp_path)
    assert audit_folder(tmp_path / "host/current", Manifest.read(tmp_path / "丙")) == ()
    hurt.write_bytes(before)
    assert go_back(target, tmp_path).name == names[1]
    assert audit_folder(tmp_path / "host/current", Manifest.read(tmp_path / "乙")) == ()
    assert not [one for one in (tmp_path / "host").iterdir() if one.name.startswith(".")]


def test_two_at_once_over_ssh(tmp_path: Path, host: SshHost) -> None:
    """Who comes second is told who publishes; a lock that a process left which is dead is taken over."""
    for word in "甲乙":
        lay_out(tmp_path / word, word)
    target = host.target(tmp_path / "host")
    told: list[str] = []

    def tell(step: str) -> None:
        if step == "copied":
            with pytest.raises(PublishError, match=r"有人正在往 .*（tester@here，.* 开始）") as caught:
                put_there(target, tmp_path / "乙", tmp_path)
            told.append(str(caught.value))

    put_there(target, tmp_path / "甲", tmp_path, tell)
    assert len(told) == 1
    assert put_there_and_die(target, tmp_path / "乙", tmp_path, "copying", 5)
    holder = tmp_path / "host/.lock.d/holder"
    held = json.loads(holder.read_text("utf-8"))
    holder.write_text(json.dumps({**held, "machine": "another"}), "utf-8")
    with pytest.raises(PublishError, match="有人正在往"):
        put_there(target, tmp_path / "乙", tmp_path)
    put_there(target, tmp_path / "乙", tmp_path, may_break=True)
    assert audit_folder(tmp_path / "host/current", Manifest.read(tmp_path / "乙")) == ()


def test_a_host_that_does_not_know_us(tmp_path: Path, host: SshHost) -> None:
    """Nobody is ever asked for a password or a key: what is missing is said, with what to do."""
    lay_out(tmp_path / "甲", "甲")
    target = host.target(tmp_path / "host")
    strange = tuple(one for one in target.ssh_options if not one.startswith("UserKnownHostsFile="))
    with pytest.raises(PublishError, match=r"不认识主机 .*请先在这台电脑上运行一次 ssh"):
        put_there(replace(target, ssh_options=(*strange, "UserKnownHostsFile=/dev/null")), tmp_path / "甲", tmp_path)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    other = tuple(one for one in target.ssh_options if not one.startswith("IdentityFile="))
    with pytest.raises(PublishError, match="不接受登录：请把这台电脑的 SSH 公钥交给主机管理员"):
        put_there(replace(target, ssh_options=(*other, f"IdentityFile={tmp_path}/key")), tmp_path / "甲", tmp_path)
    with pytest.raises(PublishError, match="拒绝连接"):
        put_there(replace(target, port=free_port()), tmp_path / "甲", tmp_path)
    assert not (tmp_path / "host").exists()


def test_names_that_a_shell_could_misread(tmp_path: Path, host: SshHost) -> None:
    """Files are carried over whatever plain characters their names have; nothing of them is run."""
    odd = {"a b/$(touch x).txt": b"1", "'q'/`id`;.txt": b"2", "c&d/*.html": b"3"}
    lay_out(tmp_path / "甲", "甲", odd)
    lay_out(tmp_path / "乙", "乙", {"'q'/`id`;.txt": b"2"})
    for layout in ("current", "plain"):
        folder = tmp_path / layout
        served = folder / "current" if layout == "current" else folder
        put_there(host.target(folder, layout), tmp_path / "甲", tmp_path)
        assert audit_folder(served, Manifest.read(tmp_path / "甲")) == ()
        put_there(host.target(folder, layout), tmp_path / "乙", tmp_path)
        assert audit_folder(served, Manifest.read(tmp_path / "乙")) == ()
