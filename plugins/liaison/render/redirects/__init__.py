"""Rules for hosts that lead to the site: from the short address of printed codes, and from addresses it had before.

All of them answer 302. A browser, and WeChat, keeps a 301 for good: when the site moves once more, readers who scanned
a code before would go to the address that is no longer there, and nobody could take it back.
"""

from .source import RedirectError, Source, sources_of

__all__ = ["RedirectError", "Source", "sources_of"]
