"""What can be wrong with how things are served: compression, caches, headers."""

from __future__ import annotations

from .findings import Fault, Level

_ERROR, _NOTICE = Level.ERROR, Level.NOTICE

_GZIP = (
    "gzip on; gzip_vary on; gzip_min_length 1024;\n"
    "gzip_types text/css text/javascript application/javascript application/json\n"
    "  application/xml text/xml application/rss+xml image/svg+xml text/plain text/vtt;"
)
_IIS_GZIP = '<urlCompression doStaticCompression="true" />   <!-- 先在服务器管理器里安装“静态内容压缩” -->'
_CACHE = 'location ~ (/|\\.html)$ { add_header Cache-Control "max-age=300"; }   # 这一段里其他 add_header 要再写一遍'
_IIS_CACHE = '<staticContent><clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="00:05:00" /></staticContent>'

HEADERS = {
    "compress-missing": Fault(
        _NOTICE,
        "有的文字内容没有压缩",
        "启用压缩，手机打开更快，也省流量。",
        nginx=_GZIP,
        iis=_IIS_GZIP,
    ),
    "compress-useless": Fault(
        _NOTICE,
        "图片、PDF、音像等又压缩了一次",
        "这些文件本来就是压缩的，再压缩只会变慢，还会妨碍拖动进度。",
        nginx=_GZIP,
        iis=_IIS_GZIP,
    ),
    "compress-damaged": Fault(
        _ERROR,
        "压缩后的内容解不开，或者和原来的不一样",
        "先关闭压缩，查清是服务器还是前面的代理、CDN 弄坏的。",
        nginx=("gzip off;\ngzip_static off;   # 旧的 .gz 文件没有跟着更新时也会这样"),
        iis='<urlCompression doStaticCompression="false" doDynamicCompression="false" />',
    ),
    "compress-unasked": Fault(
        _ERROR,
        "没有要求压缩也给压缩的内容，有的程序打不开",
        "只对要求压缩的请求压缩。",
        nginx="gunzip on;   # 或去掉 gzip_static always;",
    ),
    "vary-missing": Fault(
        _NOTICE,
        "压缩的内容没有注明 Vary: Accept-Encoding",
        "加上这一项，免得代理把压缩的内容给了不会解压的程序。",
        nginx="gzip_vary on;",
        iis='<customHeaders><add name="Vary" value="Accept-Encoding" /></customHeaders>',
    ),
    "cache-long": Fault(
        _ERROR,
        "网页在手机里缓存太久，撤下的信息还会看到",
        "网页的缓存不超过 10 分钟（600 秒）；带 ?v= 的样式、脚本可以久一些。CDN 的缓存时间也要改。",
        nginx=_CACHE,
        iis=_IIS_CACHE,
    ),
    "cache-none": Fault(
        _NOTICE,
        "没有写明网页可以缓存多久",
        "写明 5 分钟。没有写明的，浏览器会自己估计，可能好几天。",
        nginx=_CACHE,
        iis=_IIS_CACHE,
    ),
    "validator-missing": Fault(
        _NOTICE,
        "没有 ETag 和 Last-Modified，每次都要重新下载",
        "不要关闭 ETag 和 Last-Modified，代理也不要去掉。",
        nginx="etag on;",
        iis='<staticContent setEtag="true" />',
    ),
    "validator-ignored": Fault(
        _NOTICE,
        "内容没有变也重新下载（没有回答 304）",
        "让服务器认 If-None-Match 和 If-Modified-Since。",
        nginx="etag on; if_modified_since before;",
    ),
    "hsts-missing": Fault(
        _NOTICE,
        "没有 Strict-Transport-Security（HSTS）",
        "确认整个域名都能用 https 以后加上，浏览器以后只用加密连接。",
        nginx='add_header Strict-Transport-Security "max-age=31536000" always;',
        iis='<customHeaders><add name="Strict-Transport-Security" value="max-age=31536000" /></customHeaders>',
    ),
    "nosniff-missing": Fault(
        _NOTICE,
        "没有 X-Content-Type-Options: nosniff",
        "加上，浏览器就不会猜文件类型。",
        nginx='add_header X-Content-Type-Options "nosniff" always;',
        iis='<customHeaders><add name="X-Content-Type-Options" value="nosniff" /></customHeaders>',
    ),
    "frame-missing": Fault(
        _NOTICE,
        "没有限制别的网站把本站嵌进去",
        (
            "加上 X-Frame-Options，防止别人套用本站的页面。门户网站要嵌入本站的，改用 Content-Security-Policy: fram"
            "e-ancestors 写明门户的域名。"
        ),
        nginx='add_header X-Frame-Options "SAMEORIGIN" always;',
        iis='<customHeaders><add name="X-Frame-Options" value="SAMEORIGIN" /></customHeaders>',
    ),
    "referrer-missing": Fault(
        _NOTICE,
        "没有 Referrer-Policy",
        "加上，群众点开别的网站时，不告诉对方他刚才看的是哪一页。",
        nginx='add_header Referrer-Policy "strict-origin-when-cross-origin" always;',
        iis=('<customHeaders><add name="Referrer-Policy" value="strict-origin-when-cross-origin" /></customHeaders>'),
    ),
    "csp-conflict": Fault(
        _ERROR,
        "服务器的 Content-Security-Policy 和页面自带的冲突，页面会失灵",
        "页面里已经有一份更严的，服务器只写 frame-ancestors 就够了。",
        nginx="add_header Content-Security-Policy \"frame-ancestors 'self'\" always;",
        iis=('<customHeaders><add name="Content-Security-Policy" value="frame-ancestors \'self\'" /></customHeaders>'),
    ),
    "server-version": Fault(
        _NOTICE,
        "响应头里有服务器软件的版本号",
        "去掉版本号，安全检查会要求去掉。",
        nginx="server_tokens off;",
        iis=(
            '<requestFiltering removeServerHeader="true" />\n'
            '<customHeaders><remove name="X-Powered-By" /></customHeaders>'
        ),
    ),
    "cookie": Fault(
        _NOTICE,
        "打开静态网页时设了 Cookie",
        "本站不需要 Cookie；看是不是防火墙、负载均衡加的，能关就关。隐私说明里写了不用 Cookie 的，尤其要关。",
        nginx="proxy_hide_header Set-Cookie;",
    ),
    "keepalive-off": Fault(
        _NOTICE,
        "每个请求都要重新连接",
        "启用长连接，打开网页更快。",
        nginx="keepalive_timeout 65;",
        iis='<httpProtocol allowKeepAlive="true" />',
    ),
}
"""By the end of the id."""
