"""Facts of the site: addresses, what its profile asks for, and what this version does not use yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from liaison.model.site import NOT_USED_YET
from liaison.records.case import Case
from liaison.records.findings import Finding
from liaison.records.labels import LABELS, labelled
from liaison.records.text import shown

from .contact import amiss
from .rule import error, notice

_REQUIRED = {
    "人大门户": ("sponsor", "contact"),
    "政府门户专栏": ("sponsor", "contact", "site_id", "icp", "police"),
    "内网预览": (),
}
"""What must stand at the foot of every page (国办发〔2017〕47号 for government hosts)."""


@error("site/url-form")
def url_form(case: Case) -> Iterator[Finding]:
    """站点的网址（url、short_url）写全，以 https:// 或 http:// 开头，以 / 结尾，不带 ? 和 #。"""
    for filed, key in ((filed, key) for filed in case.sites for key in ("url", "short_url")):
        url = getattr(filed.record, key)
        if url is None:
            continue
        wrong = amiss(url)
        if not wrong and not urlsplit(url).path.endswith("/"):
            wrong = "要以 / 结尾"
        if not wrong and ("?" in url or "#" in url):
            wrong = "里不能有 ? 和 #"
        if wrong:
            message = f"{labelled(key)}“{shown(url, 60)}”{wrong}"
            yield filed.at(key, message=message, hint="写成 https://www.example.gov.cn/rddb/ 这样的网址")


_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.ASCII)


@error("site/media-host")
def media_host(case: Case) -> Iterator[Finding]:
    """媒体主机（media_hosts）只写主机名，如 media.example.gov.cn。"""
    for filed in case.sites:
        for number, host in enumerate(filed.record.media_hosts):
            if not _HOST.fullmatch(host):
                message = f"“{shown(host, 60)}”不是主机名"
                yield filed.at("media_hosts", number, message=message, hint="不写 https:// 和路径，全用小写字母")


@notice("site/fact-missing")
def fact_missing(case: Case) -> Iterator[Finding]:
    """页脚要有网站类型（profile）要求的信息：主办单位、联系方式；政府门户专栏还要网站标识码、ICP备案号、公安备案号。"""
    for filed in case.sites:
        site = filed.record
        for key in _REQUIRED[site.profile]:
            if getattr(site.footer, key) is None and not filed.lacks("footer", key):
                message = f"页脚缺少{LABELS[key]}，{site.profile}应当写明"
                yield filed.at("footer", spot="key", message=message, hint=f"在 footer 下补一行 {key}: …")


@notice("site/not-used-yet")
def not_used_yet(case: Case) -> Iterator[Finding]:
    """本版本还用不到的内容（official_services）写了也不起作用。"""
    for filed, key in ((filed, key) for filed in case.sites for key in NOT_USED_YET):
        if getattr(filed.record, key) is not None:
            message = f"{labelled(key)}本版本还用不到，写了也不起作用"
            yield filed.at(key, spot="key", message=message, hint="可以先留着，等程序支持；也可以删去")
