"""What can be wrong with what is served: which pages and files there are, and what they say."""

from __future__ import annotations

from .findings import Fault, Level

_ERROR, _NOTICE = Level.ERROR, Level.NOTICE

_IIS_INDEX = '<defaultDocument enabled="true"><files><clear /><add value="index.html" /></files></defaultDocument>'
_INDEX = "index index.html;"
_IIS_VTT = (
    "<staticContent>\n"
    '  <remove fileExtension=".vtt" /><mimeMap fileExtension=".vtt" mimeType="text/vtt" />\n'
    "</staticContent>"
)
_IIS_MISSING = (
    '<httpErrors errorMode="Custom" existingResponse="Replace">\n'
    '  <remove statusCode="404" />\n'
    '  <error statusCode="404" path="404.html" responseMode="File" />\n'
    "</httpErrors>"
)
_MISSING = "error_page 404 /404.html;   # 站点在子路径下的，写成 /zt/jiazhan/404.html"

PAGES = {
    "home-bad": Fault(
        _ERROR,
        "首页打不开",
        "核对网站的根目录是不是站点所在的文件夹，服务器的账号能不能读里面的文件。",
        nginx=("root /data/www/liaison;   # 里面有 index.html\nindex index.html;"),
        iis=_IIS_INDEX,
    ),
    "home-other": Fault(
        _ERROR,
        "打开的不是联络站的页面",
        "核对网址；站点在子路径下的，网址要写到子路径，如 https://www.example.gov.cn/zt/jiazhan/。",
    ),
    "manifest-missing": Fault(
        _NOTICE,
        "网站上没有清单 manifest.json",
        "把站点里的 manifest.json 一起上传；核对网站上的文件、退回、下一次发布都要用它。",
        nginx="# 去掉禁止访问 .json 的规则",
    ),
    "manifest-broken": Fault(
        _NOTICE,
        "网站上的清单 manifest.json 不完整",
        "重新上传 manifest.json，不要用会改动文件的工具。",
    ),
    "page-missing": Fault(
        _ERROR,
        "清单里的页面打不开，扫码会扑空",
        "重新上传整个站点，解压时保持文件名大小写不变。",
        nginx=_INDEX,
        iis=_IIS_INDEX,
    ),
    "file-missing": Fault(
        _ERROR,
        "清单里的文件打不开",
        "没有传上去的补传。IIS 遇到不认识的扩展名也回答 404，要登记文件类型。",
        nginx="include mime.types;   # 并去掉禁止这种扩展名的规则",
        iis=_IIS_VTT,
    ),
    "file-changed": Fault(
        _ERROR,
        "网站上的文件和清单对不上，内容被改动过",
        "看是不是没有传完，或者防火墙、CDN、网页防篡改系统往网页里加了内容；把站点设为不改写，再重新上传。",
        nginx="sub_filter off;",
    ),
    "case-lowered": Fault(
        _ERROR,
        "文件名被改成了小写，扫码会扑空",
        (
            "换一种不改文件名的上传工具。重新上传整个站点，解压时保持文件名大小写不变。二维码里的地址用大写字母，不"
            "能改。"
        ),
    ),
    "case-redirect": Fault(
        _NOTICE,
        "服务器把大写的地址转成小写",
        "去掉转成小写的规则，免得多一次跳转，链接也保持原样。",
        nginx="# 去掉 rewrite … 转小写的规则",
        iis="在 URL 重写里删去 ToLower 规则",
    ),
    "index-missing": Fault(
        _ERROR,
        "打开文件夹的地址时没有给出 index.html",
        "把 index.html 设为默认文档。",
        nginx=_INDEX,
        iis=_IIS_INDEX,
    ),
    "link-outside": Fault(
        _ERROR,
        "页面里的链接指到了站点所在的路径外面",
        "核对 site.yml 的 url 是不是现在的网址，改好以后重新生成；代理改写了链接的，关掉改写。",
    ),
    "notfound-200": Fault(
        _ERROR,
        "没有的页面也回答“正常”（200）",
        "没有的页面要回答 404，不要给出首页。撤下的页面会一直留在搜索引擎里。",
        nginx=(
            "try_files $uri $uri/ =404;   # 末尾不要写 /index.html\n"
            "error_page 404 /404.html;   # 站点在子路径下的，写成 /zt/jiazhan/404.html"
        ),
        iis=_IIS_MISSING,
    ),
    "notfound-redirect": Fault(
        _ERROR,
        "打开没有的页面时被转到别处",
        "没有的页面要回答 404，不要跳转；跳转以后看不出编号输错了。",
        nginx=_MISSING,
        iis=_IIS_MISSING,
    ),
    "notfound-status": Fault(
        _NOTICE,
        "没有的页面没有回答 404",
        "没有的页面要回答 404。",
        nginx=("try_files $uri $uri/ =404;\nerror_page 404 /404.html;   # 站点在子路径下的，写成 /zt/jiazhan/404.html"),
        iis=_IIS_MISSING,
    ),
    "notfound-page": Fault(
        _NOTICE,
        "没有的页面显示的不是本站的 404 页",
        "把站点里的 404.html 设为 404 页：输错编号的人可以在那一页重新输入。",
        nginx=_MISSING,
        iis=_IIS_MISSING,
    ),
    "notfound-links": Fault(
        _NOTICE,
        "404 页的样式和脚本打不开",
        "核对 site.yml 的 url 是不是现在的网址，改好以后重新生成。",
    ),
    "mime-page": Fault(
        _ERROR,
        "文件类型（Content-Type）不对，浏览器不会照常显示",
        "按扩展名登记文件类型。",
        nginx="include mime.types;   # 写在 http 里；漏了这一行，样式、脚本、图片都会不对",
        iis=(
            "<staticContent>\n"
            '  <remove fileExtension=".js" /><mimeMap fileExtension=".js" mimeType="text/javascript" />\n'
            "</staticContent>"
        ),
    ),
    "mime-data": Fault(
        _NOTICE,
        "文件类型（Content-Type）不对",
        "按扩展名登记文件类型。",
        nginx="include mime.types;\ntypes { text/vtt vtt; application/json json; }   # 和上一行写在同一层",
        iis=_IIS_VTT,
    ),
    "charset-wrong": Fault(
        _ERROR,
        "服务器说网页用的不是 UTF-8，中文会变成乱码",
        "把网站的字符集设为 utf-8。",
        nginx="charset utf-8;",
        iis=('<remove fileExtension=".html" /><mimeMap fileExtension=".html" mimeType="text/html; charset=utf-8" />'),
    ),
    "range-missing": Fault(
        _ERROR,
        "音像文件不能分段读取，苹果手机放不出来，也不能拖动进度",
        "让服务器支持分段读取（Range），前面的代理、CDN 不要去掉。",
        nginx="proxy_force_ranges on;   # nginx 作代理时；并去掉 max_ranges 0;",
        iis="静态文件默认支持；用程序转发的要加上",
    ),
    "listing": Fault(
        _ERROR,
        "能看到文件夹里的文件列表",
        "关闭目录列表。",
        nginx="autoindex off;",
        iis='<directoryBrowse enabled="false" />',
    ),
    "hidden-served": Fault(
        _ERROR,
        "不该公开的文件能从网上打开",
        "马上从网站的文件夹里删去，只上传生成的站点；再加上禁止访问的规则。里面有密码的，要换密码。",
        nginx="location ~ /\\.(?!well-known) { return 404; }",
        iis=(
            "<requestFiltering><hiddenSegments>\n"
            '  <add segment=".git" /><add segment=".svn" /><add segment=".env" />\n'
            "</hiddenSegments></requestFiltering>"
        ),
    ),
    "backup-served": Fault(
        _ERROR,
        "备份文件能从网上打开",
        "从网站的文件夹里删去备份文件和压缩包。",
        nginx="location ~ (~|\\.(bak|old|swp))$ { return 404; }",
        iis='<fileExtensions><add fileExtension=".bak" allowed="false" /></fileExtensions>',
    ),
    "mixed-content": Fault(
        _ERROR,
        "页面里有不加密的内容（http://），浏览器会拦下",
        (
            "这些内容不是站点生成的，看防火墙、CDN、统计系统是不是往网页里加了内容；自己写的页面改成 https:// 或本"
            "站的文件。"
        ),
    ),
    "foreign-request": Fault(
        _NOTICE,
        "页面向别的网站要内容",
        "本站的页面不需要别的网站；看是不是防火墙、CDN、统计系统加进去的。",
    ),
    "wechat-file": Fault(
        _ERROR,
        "微信的验证文件打不开，或内容不对",
        "把 MP_verify_ 开头的文件原样传到网站的文件夹里，不要改内容和文件名。",
        nginx="location ~ /MP_verify_\\w+\\.txt$ { default_type text/plain; }",
    ),
    "folder-large": Fault(
        _NOTICE,
        "有的文件夹里文件很多",
        "用网页上的文件管理器会打不开或者很慢；改用 SFTP 或上传压缩包再解压。",
    ),
}
"""By the end of the id."""
