"""The words of a letter that was written as HTML; nothing of it is ever shown as HTML."""

from __future__ import annotations

import html
import re
from typing import Final

_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed"})
_LINES: Final = frozenset(
    {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "pre"}
)
_NO_WORDS: Final = re.compile(r"<!--.*?(?:-->|$)|<[!?][^<>]*+>?", re.S)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)>")
"""Nothing is tried twice: the parser of the standard library takes minutes on letters made to slow it."""
_QUOTED: Final = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend")
_CITED: Final = re.compile(r"\btype\s*=\s*[\"']?cite", re.I)


def words_of_html(written: str) -> str:
    """What a reader sees of it, without what is quoted of an earlier letter, scripts and styles."""
    seen: list[str] = []
    hidden: list[str] = []  # the element that hides what stands in it, and those of its name opened inside
    at = 0
    text = _NO_WORDS.sub(" ", written)
    for tag in _TAG.finditer(text):
        if not hidden:
            seen.append(html.unescape(text[at : tag.start()]))
        at = tag.end()
        is_end, name, attributes = bool(tag[1]), tag[2].lower(), tag[3]
        if name in _LINES:
            seen.append("\n")
        if is_end:
            if hidden and name == hidden[0]:
                hidden.pop()
        elif hidden:
            if name == hidden[0]:
                hidden.append(name)
        elif name not in _VOID and (name in _UNSEEN or _is_quote(name, attributes)):
            hidden.append(name)
    if not hidden:
        seen.append(html.unescape(text[at:]))
    return "".join(seen)


def _is_quote(name: str, attributes: str) -> bool:
    return bool(_QUOTED.search(attributes)) or (name == "blockquote" and bool(_CITED.search(attributes)))
