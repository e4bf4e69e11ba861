"""What `liaison publish` and `liaison rollback` share: options of a target, the steps on the terminal, and the log."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

from liaison.cli.options import fail, refuse

if TYPE_CHECKING:
    from liaison.model.site import Site
    from liaison.publish.audit import Amiss
    from liaison.publish.goals import Target
    from liaison.publish.journal import Line
    from liaison.publish.manifest import Manifest
    from liaison.publish.place import Place

LOG = "internal/publish.log"
PUBLISHED = "internal/published.json"
"""The manifest of what was published last; other commands compare with it. Both below the site's root."""

PERMIT = ".site.hidden.json"
"""Where `liaison hide` leaves word that its release may go before it is approved."""

_OFTEN = 10_000
"""Files after which a long step is told of again."""

_OPTIONS = (
    click.option(
        "--layout",
        type=click.Choice(["current", "plain"]),
        help="current：按版本存放，用链接切换（默认）；plain：网站目录里直接放文件，给不能用链接的主机。",
    ),
    click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="SSH 的端口。"),
    click.option("--ssh-option", "ssh_options", multiple=True, metavar="名=值", help="给 ssh 的 -o 选项，可以写多次。"),
    click.option("--url", metavar="网址", help="网站的网址：换好以后从网上核对，不对就自己退回去。"),
    click.option("--break-lock", is_flag=True, help="别的电脑发布到一半停了、占着主机不放时用；先问清楚确实停了。"),
)


def target_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where and how to reach it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def target_for(
    text: str,
    site: Site,
    layout: Literal["current", "plain"] | None,
    port: int | None,
    url: str | None,
    ssh_options: tuple[str, ...],
) -> Target:
    """The target. Ends with wrong usage where it cannot be understood."""
    from liaison.publish.goals import GoalError, target_of

    try:
        return target_of(text, site.publish.targets, layout=layout, port=port, address=url, ssh_options=ssh_options)
    except GoalError as error:
        fail(str(error))


@contextmanager
def at_place(target: Target, root: Path, *, may_break: bool, crew: Any = None) -> Iterator[Place]:  # noqa: ANN401 - loaded late
    """The place of a target; what goes wrong there ends with a sentence and exit code 1."""
    from liaison.publish.place import HostError, PublishError
    from liaison.publish.places import opened
    from liaison.publish.publishing import disk_words

    try:
        with opened(target, root, who(), crew=crew, may_break=may_break) as place:
            yield place
    except PublishError as error:
        stop(error)
    except HostError as error:
        refuse(str(error))
    except OSError as error:
        refuse(disk_words(error, target.label))


def stop(error: Any) -> NoReturn:  # noqa: ANN401 - loaded late
    """Say why it cannot be published, one thing after the other."""
    for line in error.lines:
        click.echo(f"✗ {line}", err=True)
    refuse(str(error))


def who() -> str:
    """`login@computer`."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError):
        login = "不知道是谁"
    return f"{login}@{socket.gethostname()}"


def teller() -> Callable[[str], None]:
    """Says each step once, and now and then how many files a long one has done."""
    from liaison.publish.place import STEPS

    counts: dict[str, int] = {}

    def tell(step: str) -> None:
        counts[step] = counts.get(step, 0) + 1
        if counts[step] == 1:
            click.echo(f"· {STEPS[step]}", err=True)
        elif counts[step] % _OFTEN == 0:
            click.echo(f"· {STEPS[step]}：{counts[step]:,} 个", err=True)

    return tell


def noter(root: Path) -> Callable[[Line], None]:
    """Writes into the log of the site."""
    from liaison.publish.journal import append

    return lambda line: append(root / LOG, line)


def remember(root: Path, manifest: Manifest) -> None:
    """Keep the manifest of what is published now, for the commands that compare with it."""
    from liaison.publish.tree import put

    put(root, PUBLISHED, manifest.as_bytes())


def online(address: str) -> Callable[[Manifest, Sequence[str]], list[Amiss]] | None:
    """Looks at the site from the web; None where nobody said where that is."""
    if not address:
        return None
    from liaison.publish.audit import Amiss
    from liaison.publish.audit_online import audit_online

    def look(manifest: Manifest, paths: Sequence[str]) -> list[Amiss]:
        found = audit_online(address, manifest, paths)
        left = [Amiss(address, f"连不上，还有 {found.left} 个文件没有核对")] if found.left else []
        return [*found.amiss, *left]

    return look


def tell_history(lines: Sequence[Line]) -> None:
    """The log, newest first."""
    from liaison.publish.journal import told

    for line in told(lines):
        click.echo(line)
    if not lines:
        click.echo("还没有发布过")
