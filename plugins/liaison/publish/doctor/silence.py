"""Why there is no answer, in words."""

from __future__ import annotations

import http.client
import socket
import ssl

_CERTIFICATES = {
    18: ("self-signed", "证书是自己签发的"),
    19: ("untrusted", "签发证书的机构不受信任"),
    20: ("chain", "证书链不完整，或签发机构不受信任"),
    21: ("chain", "证书链不完整，或签发机构不受信任"),
    9: ("early", "证书还没有生效"),
    10: ("expired", "证书过期了"),
    62: ("name", "证书不是发给这个域名的"),
    64: ("name", "证书不是发给这个地址的"),
}
"""By the numbers of OpenSSL (`X509_V_ERR_…`)."""


class SilenceError(Exception):
    """There is no answer; the message is for the user."""

    def __init__(self, kind: str, words: str, number: int = 0) -> None:
        """`kind` tells causes apart: `dns`, `refused`, `slow`, `tls`, `broken`, `unreachable`, or `cert-…`."""
        super().__init__(words)
        self.kind = kind
        self.number = number
        """Of the error of the system."""
        self.url = ""
        """What was asked for."""

    @property
    def is_certificate(self) -> bool:
        """Whether the connection failed over the certificate alone."""
        return self.kind.startswith("cert-")


_CAUSES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
    (TimeoutError, "slow", "等了 {patience:g} 秒没有得到完整的回应"),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), "tls", "建立加密连接时服务器断开了"),
    (ssl.SSLError, "tls", "没能建立加密连接"),
    (ConnectionRefusedError, "refused", "服务器拒绝连接"),
    ((http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionError), "broken", "连接中途断了"),
    ((http.client.HTTPException, ValueError), "broken", "服务器的回答不合 HTTP 的格式"),
    (socket.gaierror, "dns", "找不到域名的地址"),
    (Exception, "unreachable", "连不上服务器"),
)
"""The first that fits is said; narrower kinds stand before wider ones."""


def why(error: Exception, patience: float) -> SilenceError:
    """The cause behind an exception of the socket, of TLS, or of the answer's first lines."""
    if isinstance(error, ssl.SSLCertVerificationError):
        kind, words = _CERTIFICATES.get(error.verify_code, ("invalid", f"证书没有通过检查（{error.verify_message}）"))
        return SilenceError(f"cert-{kind}", words)
    kind, words = next((kind, words) for sort, kind, words in _CAUSES if isinstance(error, sort))
    return SilenceError(kind, words.format(patience=patience), getattr(error, "errno", 0) or 0)
