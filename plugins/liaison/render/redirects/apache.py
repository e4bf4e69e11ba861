"""Rules for Apache: of `mod_alias`, which is always there; letters are raised where `mod_rewrite` is there too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .source import Source

_WHY = "# 一律用 302，不用 301：301 会被浏览器和微信长期记住，网站以后再搬家就改不回来了。"


def files(sources: Sequence[Source]) -> dict[str, bytes]:
    """Configuration by file name: rules, a host for those that have one of their own, and rules for one folder."""
    made: dict[str, str] = {}
    for source in sources:
        rules = f"rules-{source.name}.conf"
        made[rules] = _lines(_for_server(source))
        if not source.is_shared:
            made[f"host-{source.name}.conf"] = _lines(_host(source, rules))
        made[f"htaccess-{source.name}.txt"] = _lines(_for_folder(source))
    return {name: text.encode() for name, text in made.items()}


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _for_server(source: Source) -> Iterator[str]:
    yield f"# 联络站网站的跳转规则（Apache 2.4）：{source.host}{source.path}"
    yield f"# 放进 {source.host} 的 <VirtualHost> 里面，比如写一行 Include；"
    yield "# 然后 apachectl configtest，再 apachectl graceful。"
    yield _WHY
    yield "# 打开了 mod_rewrite 的，小写的编号改成大写；没有打开也能用，小写的照原样跳转。"
    yield "<IfModule rewrite_module>"
    yield "    RewriteEngine On"
    yield "    RewriteMap liaison int:toupper"
    to = f"{source.target}${{liaison:$1}}/${{liaison:$2}}/${{liaison:$3}}/"
    yield f'    RewriteRule "{source.code("", "", "", any_case=True)}" "{to}" [R=302,L]'
    yield "</IfModule>"
    yield from _rules(source)


def _for_folder(source: Source) -> Iterator[str]:
    yield f"# 联络站网站的跳转规则（Apache 2.4）：{source.host}{source.path}"
    yield f"# 改名为 .htaccess，放进 {source.host}{source.path} 对应的文件夹；主机要允许 AllowOverride FileInfo。"
    yield "# 不需要 mod_rewrite；小写的编号照原样跳转。能改主机设置的，用 rules- 开头的那一份更好。"
    yield _WHY
    yield from _rules(source)


def _rules(source: Source) -> Iterator[str]:
    yield "# 编号的页面：末尾少了 / 也认"
    yield f'RedirectMatch 302 "{source.code("", "", "", any_case=False)}" "{source.target}$1/$2/$3/"'
    if source.is_partial:
        yield "# 普法课"
        yield f'RedirectMatch 302 "{source.lesson()}" "{source.target}$1/"'
        return
    yield "# 其他页面：路径和 ? 后面的内容不变"
    yield f'RedirectMatch 302 "{source.any()}" "{source.target}$1"'
    if source.path != "/":
        yield f'RedirectMatch 302 "^{source.path.rstrip("/").replace(".", "[.]")}$" "{source.target}"'
    yield f"# 写错的网址：{'到输入编号的页面' if source.is_short else '到首页'}"
    yield f'RedirectMatch 302 "^{source.path.replace(".", "[.]")}" "{source.otherwise}"'


def _host(source: Source, rules: str) -> Iterator[str]:
    host = source.host.partition(":")[0]
    yield f"# {source.host}：{'二维码里的短网址' if source.is_short else '以前的网址'}（Apache 2.4）"
    yield f"# 和 {rules} 一起放进放站点设置的文件夹，把 Include 和证书的路径改成实际的。"
    yield "<VirtualHost *:80>"
    yield f"    ServerName {host}"
    yield f"    Include {rules}"
    yield "</VirtualHost>"
    yield "<IfModule ssl_module>"
    yield "<VirtualHost *:443>"
    yield f"    ServerName {host}"
    yield "    SSLEngine on"
    yield f"    SSLCertificateFile    /etc/ssl/certs/{host}.pem"
    yield f"    SSLCertificateKeyFile /etc/ssl/private/{host}.key"
    yield f"    Include {rules}"
    yield "</VirtualHost>"
    yield "</IfModule>"
