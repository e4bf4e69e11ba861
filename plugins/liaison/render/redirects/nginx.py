"""Rules for nginx: nothing but what its core and the usual modules can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liaison.model.codes import ALPHABET

from .source import Source

_SYMBOLS = range(1, 8)
_KEEPS = "$is_args$args"
"""The query, as it came. Names of variables do not tell small letters from capital ones."""


def files(sources: Sequence[Source]) -> dict[str, bytes]:
    """Configuration by file name: one for the level of `http`, and one for each host that serves other things too."""
    own = [source for source in sources if not source.is_shared]
    made = {"liaison-redirects.conf": _whole(own, has_codes=bool(sources))}
    for source in sources:
        if source.is_shared:
            made[f"inside-{source.name}.conf"] = _inside(source)
    return {name: text.encode() for name, text in made.items()}


def _whole(own: Sequence[Source], *, has_codes: bool) -> str:
    lines = [
        "# 联络站网站的跳转规则（nginx）。放进 /etc/nginx/conf.d/，改好证书的路径，",
        "# 然后 nginx -t && nginx -s reload。不需要另装模块。",
        "# 一律用 302，不用 301：301 会被浏览器和微信长期记住，网站以后再搬家就改不回来了。",
    ]
    if has_codes:
        lines += ["", "# 编号被写成小写时改成大写。", *_maps()]
    for source in own:
        lines += ["", *_server(source)]
    return "\n".join(lines) + "\n"


def _maps() -> Iterator[str]:
    pairs = " ".join(f"{symbol.lower()} {symbol};" for symbol in ALPHABET if symbol.isalpha())
    yield "map $liaison_0 $liaison_U0 { default $liaison_0; s S; d D; }"
    for number in _SYMBOLS:
        yield f"map $liaison_{number} $liaison_U{number} {{ default $liaison_{number}; {pairs} }}"


def _server(source: Source) -> Iterator[str]:
    host = source.host.partition(":")[0]
    yield f"# {source.host}：{'二维码里的短网址' if source.is_short else '以前的网址'}"
    yield "server {"
    yield "    listen 80;"
    yield "    listen 443 ssl;"
    yield f"    server_name {host};"
    yield f"    ssl_certificate     /etc/nginx/cert/{host}.pem;  # 改成实际的证书"
    yield f"    ssl_certificate_key /etc/nginx/cert/{host}.key;"
    yield from (f"    {line}" for line in _rules(source))
    yield "}"


def _inside(source: Source) -> str:
    lines = [
        f"# 联络站网站的跳转规则（nginx）：{source.host}{source.path}",
        f"# 放进 {source.host} 已有的 server {{ }} 里面，比如写一行 include；",
        "# 同时把 liaison-redirects.conf 放进 /etc/nginx/conf.d/。这台主机上别的内容不受影响。",
    ]
    if source.is_partial:
        lines += [*_codes(source), *_lessons(source)]
    else:
        lines += [
            f"location ^~ {source.path} {{",
            *(f"    {line}" for line in _rules(source)),
            "}",
        ]
        if source.path != "/":
            lines.append(f"location = {source.path.rstrip('/')} {{ return 302 {source.target}{_KEEPS}; }}")
    return "\n".join(lines) + "\n"


def _rules(source: Source) -> Iterator[str]:
    yield from _codes(source)
    yield "# 其他页面：路径和 ? 后面的内容不变"
    yield f'location ~ "{source.any("?<liaison_rest>")}" {{ return 302 {source.target}$liaison_rest{_KEEPS}; }}'
    yield f"# 写错的网址：{'到输入编号的页面' if source.is_short else '到首页'}"
    yield f"location {source.path} {{ return 302 {source.otherwise}; }}"


def _codes(source: Source) -> Iterator[str]:
    names = ("?<liaison_0>", *(f"?<liaison_{number}>" for number in _SYMBOLS))
    symbols = [f"$liaison_U{number}" for number in _SYMBOLS]
    to = f"{source.target}$liaison_U0/{''.join(symbols[:2])}/{''.join(symbols[2:])}/"
    yield "# 编号的页面：大小写都认，末尾少了 / 也认"
    yield f'location ~ "{source.code(*names, any_case=True)}" {{ return 302 {to}{_KEEPS}; }}'


def _lessons(source: Source) -> Iterator[str]:
    yield "# 普法课"
    yield f'location ~ "{source.lesson("?<liaison_rest>")}" {{ return 302 {source.target}$liaison_rest/{_KEEPS}; }}'
