"""QR codes: payload to modules to picture, after ISO/IEC 18004.

`SymbolTable` for the codes of all pages, `encode` for a single one; `png`, `data_uri` and `svg` draw either.
"""

from liaison.render.qr.png import data_uri, png
from liaison.render.qr.svg import outlines, svg
from liaison.render.qr.symbol import Level, Matrix, encode
from liaison.render.qr.tables import SymbolTable

__all__ = ["Level", "Matrix", "SymbolTable", "data_uri", "encode", "outlines", "png", "svg"]
