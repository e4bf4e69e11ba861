"""What can be wrong before a page is there: name, network, certificate, encryption, redirects."""

from __future__ import annotations

from .findings import Fault, Level

_ERROR, _NOTICE = Level.ERROR, Level.NOTICE

_BINDING = "IIS 管理器 → 网站 → 绑定 → https → 选择新证书"
_MODERN = "ssl_protocols TLSv1.2 TLSv1.3;"
_FULL_CHAIN = (
    "ssl_certificate     /etc/nginx/cert/fullchain.pem;   # 本站证书在前，中级证书在后\n"
    "ssl_certificate_key /etc/nginx/cert/private.key;"
)
_TO_HTTPS = (
    "server {\n"
    "  listen 80; listen [::]:80;\n"
    "  server_name db.example.gov.cn;   # 换成本站域名\n"
    "  return 301 https://$host$request_uri;\n"
    "}"
)
_IIS_TO_HTTPS = (
    '<rule name="https" stopProcessing="true">\n'
    '  <match url="(.*)" />\n'
    '  <conditions><add input="{HTTPS}" pattern="off" /></conditions>\n'
    '  <action type="Redirect" url="https://{HTTP_HOST}{REQUEST_URI}" appendQueryString="false" redirectTyp'
    'e="Permanent" />\n'
    "</rule>"
)
_SAME_PATH = "return 301 https://$host$request_uri;"
_ARR = "在代理（ARR）里启用“在响应标头中反向重写主机”"

CONNECTION = {
    "dns": Fault(
        _ERROR,
        "找不到域名的地址",
        "请域名管理单位添加解析（A 和 AAAA 记录）；域名还没有启用的，检查时加 --resolve 写明 IP。",
    ),
    "unreachable": Fault(
        _ERROR,
        "连不上服务器",
        ("看 Web 服务有没有启动，防火墙、安全组有没有放行 443 和 80 端口；内外网隔离的，换到能访问网站的电脑上检查。"),
    ),
    "silent": Fault(
        _ERROR,
        "有的请求没有得到完整的回答",
        "看服务器的负载和错误日志；前面有防火墙（WAF）、CDN 的，看请求是不是被拦下了。",
    ),
    "given-up": Fault(
        _ERROR,
        "服务器一再没有回应，没有检查下去",
        "看服务器的负载，前面的防火墙（WAF）是不是限制了访问；处理好以后再检查一次。",
    ),
    "https-missing": Fault(
        _ERROR,
        "没有启用 HTTPS 加密",
        "为域名申请证书，在 443 端口启用 HTTPS。没有加密，微信和浏览器会提示不安全，内容也可能被人改动。",
        nginx=(
            "listen 443 ssl http2; listen [::]:443 ssl http2;\n"
            "ssl_certificate     /etc/nginx/cert/fullchain.pem;   # 本站证书在前，中级证书在后\n"
            "ssl_certificate_key /etc/nginx/cert/private.key;"
        ),
        iis=_BINDING,
    ),
    "tls-failed": Fault(
        _ERROR,
        "没能建立加密连接",
        "核对 443 端口配置的是不是 HTTPS，证书和私钥是不是一对。",
        nginx="nginx -t   # 检查配置；再看 error.log",
        iis=_BINDING,
    ),
    "tls-old": Fault(
        _ERROR,
        "服务器只支持过时的加密协议，现在的手机打不开",
        "启用 TLS 1.2 和 1.3。",
        nginx=_MODERN,
        iis="升级到 Windows Server 2016 以上，在注册表 SCHANNEL\\Protocols 启用 TLS 1.2",
    ),
    "tls-weak": Fault(
        _NOTICE,
        "服务器还接受过时的加密协议（TLS 1.0、1.1）",
        "停用 TLS 1.0 和 1.1，安全检查会要求停用。",
        nginx=_MODERN,
        iis="在注册表 SCHANNEL\\Protocols 停用 TLS 1.0、TLS 1.1",
    ),
    "http2-missing": Fault(
        _NOTICE,
        "没有启用 HTTP/2",
        "启用以后打开网页更快。",
        nginx="listen 443 ssl http2;   # 1.25 以后的版本另写一行 http2 on;",
        iis="Windows Server 2016 以上默认启用",
    ),
    "cert-expired": Fault(
        _ERROR,
        "证书过期了，手机会拦住不让打开",
        "马上换上新证书，并设好到期提醒或自动续期。",
        nginx=_FULL_CHAIN,
        iis=_BINDING,
    ),
    "cert-soon": Fault(
        _NOTICE,
        "证书快到期了",
        "在到期以前换上新证书。",
        nginx=_FULL_CHAIN,
        iis=_BINDING,
    ),
    "cert-early": Fault(
        _ERROR,
        "证书还没有生效",
        "核对服务器和本机的时间；时间没有错的，换上已经生效的证书。",
        nginx=_FULL_CHAIN,
        iis=_BINDING,
    ),
    "cert-name": Fault(
        _ERROR,
        "证书不是发给这个域名的",
        "换上写有这个域名的证书；一台服务器有多个网站的，看这个域名用的是不是自己的证书。",
        nginx=(
            "server_name db.example.gov.cn;   # 换成本站域名\n"
            "ssl_certificate     /etc/nginx/cert/fullchain.pem;   # 本站证书在前，中级证书在后\n"
            "ssl_certificate_key /etc/nginx/cert/private.key;"
        ),
        iis="绑定 https 时填写主机名，选中“需要服务器名称指示”",
    ),
    "cert-self-signed": Fault(
        _ERROR,
        "证书是自己签发的，手机不认",
        "换上受信任的机构签发的证书。",
        nginx=_FULL_CHAIN,
        iis=_BINDING,
    ),
    "cert-untrusted": Fault(
        _ERROR,
        "签发证书的机构不受信任",
        "换上手机都认的机构签发的证书；内网用的自建证书，检查时加 --ca 指明根证书文件。",
        nginx=_FULL_CHAIN,
        iis=_BINDING,
    ),
    "cert-chain": Fault(
        _ERROR,
        "证书链不完整，或签发机构不受信任",
        "把签发机构给的中级证书和本站证书放在一起。电脑上能打开而手机、微信打不开的，多是缺了中级证书。",
        nginx=_FULL_CHAIN,
        iis="用 certlm.msc 把中级证书导入“中间证书颁发机构”",
    ),
    "cert-invalid": Fault(
        _ERROR,
        "证书没有通过检查",
        "请签发证书的机构重新签发。",
        nginx=_FULL_CHAIN,
        iis=_BINDING,
    ),
    "http-open": Fault(
        _ERROR,
        "用 http:// 打开时没有转到 https://",
        "让 http:// 的每个地址转到 https:// 的同一个地址。",
        nginx=_TO_HTTPS,
        iis=_IIS_TO_HTTPS,
    ),
    "http-dead": Fault(
        _NOTICE,
        "用 http:// 打不开",
        "打开 80 端口，让它转到 https://：手工输入网址的人常常不写 https。",
        nginx=_TO_HTTPS,
        iis=_IIS_TO_HTTPS,
    ),
    "redirect-hops": Fault(
        _NOTICE,
        "跳转了不止一次",
        "写成一次跳转，直接转到最后的地址，扫码打开更快。",
        nginx=_TO_HTTPS,
        iis=_IIS_TO_HTTPS,
    ),
    "redirect-loop": Fault(
        _ERROR,
        "跳转绕成了圈，打不开",
        "看跳转规则是不是互相冲突：前面的代理已经用 https，后面的服务器不要再转一次。",
        nginx="if ($http_x_forwarded_proto = http) { return 301 https://$host$request_uri; }",
    ),
    "redirect-http": Fault(
        _ERROR,
        "跳转途中经过不加密的地址",
        "跳转的目标一律写 https://。",
        nginx="absolute_redirect off;   # 只写路径，不写协议和主机",
        iis=_IIS_TO_HTTPS,
    ),
    "redirect-host": Fault(
        _ERROR,
        "跳转到了别的网站",
        "核对跳转规则里的域名和端口。",
        nginx=_SAME_PATH,
        iis=_IIS_TO_HTTPS,
    ),
    "redirect-path": Fault(
        _ERROR,
        "跳转时丢了路径，扫码的人到不了自己要看的页面",
        "跳转规则要带上原来的路径。",
        nginx="return 301 https://$host$request_uri;   # 不要写成 return 301 https://$host/;",
        iis=_IIS_TO_HTTPS,
    ),
    "redirect-query": Fault(
        _NOTICE,
        "跳转时丢了网址里 ? 后面的部分",
        "跳转规则要带上参数，按编号查找时要用。",
        nginx=_SAME_PATH,
        iis='appendQueryString="true"',
    ),
    "redirect-broken": Fault(
        _ERROR,
        "跳转的目标打不开",
        "核对跳转规则里的地址。",
        nginx=_SAME_PATH,
        iis=_IIS_TO_HTTPS,
    ),
    "slash-missing": Fault(
        _ERROR,
        "网址末尾少了 / 就打不开",
        "让文件夹的地址自动补上 /。",
        nginx="try_files $uri $uri/ =404;",
        iis="启用“默认文档”，内容有 index.html",
    ),
    "slash-none": Fault(
        _ERROR,
        "网址末尾少了 / 时没有补上，页面的样式和链接会失效",
        "让文件夹的地址跳转到末尾带 / 的地址，不要直接给出内容。",
        nginx="try_files $uri $uri/ =404;   # 不要写 $uri/index.html",
        iis="删去把没有 / 的地址改写成 index.html 的规则",
    ),
    "slash-http": Fault(
        _ERROR,
        "补上末尾的 / 时转到了不加密的 http://",
        "前面有代理、负载均衡的，让后面的服务器跳转时只写路径。",
        nginx="absolute_redirect off;",
        iis=_ARR,
    ),
    "slash-host": Fault(
        _ERROR,
        "补上末尾的 / 时转到了别的主机或内部端口",
        "前面有代理、负载均衡的，让后面的服务器跳转时只写路径。",
        nginx=("absolute_redirect off;\n# 或者 port_in_redirect off; server_name_in_redirect off;"),
        iis=_ARR,
    ),
    "ipv6-missing": Fault(
        _NOTICE,
        "域名没有 IPv6 地址",
        "请网络管理单位为服务器配 IPv6 地址，添加 AAAA 记录。",
        nginx="listen [::]:443 ssl http2;",
    ),
    "ipv6-dead": Fault(
        _ERROR,
        "域名有 IPv6 地址，但用 IPv6 打不开",
        "让服务器监听 IPv6，防火墙放行；做不到的先删去 AAAA 记录，免得手机先试 IPv6 而久等。",
        nginx=("listen [::]:80;\nlisten [::]:443 ssl http2;"),
        iis="网站绑定的 IP 地址选“全部未分配”",
    ),
    "ipv6-differs": Fault(
        _ERROR,
        "用 IPv6 打开的内容和 IPv4 的不一样",
        "看 IPv6 地址是不是到了另一个网站或旧的服务器。",
        nginx="listen [::]:443 ssl http2;   # 写在同一个 server 里",
    ),
    "ipv4-missing": Fault(
        _ERROR,
        "域名没有 IPv4 地址",
        "添加 A 记录：许多网络还没有 IPv6。",
    ),
    "address-dead": Fault(
        _ERROR,
        "域名有多个地址，其中有的打不开",
        "修好这台服务器，或者从解析里去掉这个地址；打开网页的人会时好时坏。",
    ),
}
"""By the end of the id."""
