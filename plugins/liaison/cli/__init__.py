"""The command `liaison`: a table of commands, each loaded only when it is asked for, so that `--help` stays quick."""

from __future__ import annotations

from liaison.cli.program import Lazy, Program

COMMANDS = {
    "check": Lazy("liaison.cli.check:command", "检查记录，列出全部问题和改法"),
    "new": Lazy("liaison.cli.new:command", "新建联络站、代表的记录，或一讲普法课"),
    "renew-code": Lazy("liaison.cli.renew_code:command", "给从未公布的记录换一个编号"),
    "posters": Lazy("liaison.cli.posters:command", "制作海报、门牌、胸卡等印刷品（PDF）"),
    "verify": Lazy("liaison.cli.verify:command", "核对网站上有没有每个编号的页面"),
    "qr": Lazy("liaison.cli.qr:command", "输出站或代表的二维码图"),
}
"""Name, where the command is, and its line in the list; the line is that command's `short_help`."""

main = Program(COMMANDS, name="liaison", help="人大代表联络站：检查记录、新建记录、制作印刷品。")
"""What the shell calls."""
