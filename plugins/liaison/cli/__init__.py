"""The command `liaison`: a table of commands, each loaded only when it is asked for, so that `--help` stays quick."""

from __future__ import annotations

from liaison.cli.program import Lazy, Program

COMMANDS = {
    "check": Lazy("liaison.cli.check:command", "检查记录，列出全部问题和改法"),
    "new": Lazy("liaison.cli.new:command", "新建联络站、代表的记录，或一讲普法课"),
    "renew-code": Lazy("liaison.cli.renew_code:command", "给从未公布的记录换一个编号"),
    "posters": Lazy("liaison.cli.posters:command", "制作海报、门牌、胸卡等印刷品（PDF）"),
    "build": Lazy("liaison.cli.build:command", "生成待发布的站点：全部检查、逐个扫码、列出清单"),
    "approval": Lazy("liaison.cli.approval:command", "出信息发布审批单，登记签字"),
    "publish": Lazy("liaison.cli.publish:command", "把签发过的站点发布到网站"),
    "verify": Lazy("liaison.cli.verify:command", "核对网站上的文件和每个编号的页面"),
    "rollback": Lazy("liaison.cli.rollback:command", "退回上一次发布的站点"),
    "hide": Lazy("liaison.cli.hide:command", "马上撤下一位代表的信息"),
    "redirects": Lazy("liaison.cli.redirects:command", "出短网址和旧网址的跳转规则"),
    "doctor": Lazy("liaison.cli.doctor:command", "检查网站服务器的设置"),
    "qr": Lazy("liaison.cli.qr:command", "输出站或代表的二维码图"),
}
"""Name, where the command is, and its line in the list; the line is that command's `short_help`."""

main = Program(COMMANDS, name="liaison", help="人大代表联络站：检查记录、新建记录、发布站点、制作印刷品。")
"""What the shell calls."""
