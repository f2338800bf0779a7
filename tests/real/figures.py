"""Reads figures as `docs/en/content.md` says they may be written, without the product's own code."""

import re

_AS_ASCII = str.maketrans("０１２３４５６７８９．，−－‐–▲△", "0123456789.,------")


def figure(text: str | None) -> str:
    """A cell of numbers as plain digits: the source's own, without separators and leading zeros."""
    text = (text or "").strip()
    if not text:
        return ""
    plain = text.translate(_AS_ASCII).replace(",", "")
    match = re.fullmatch(r"(-?)0*(\d+)(\.\d+)?", plain)
    if match is None:
        raise ValueError(f"{text!r} is not a number")
    sign, whole, fraction = match.groups()
    is_zero = set(whole + (fraction or "")) <= {"0", "."}
    return ("" if is_zero else sign) + whole + (fraction or "")


def published(value: str | None) -> str:
    """A number of a published JSON, read with its digits; "" for null."""
    return "" if value is None else value


def text(value: str | None) -> str:
    """A text as it is published: without invisible characters and without space around it, blank and absent alike."""
    return INVISIBLE.sub("", (value or "").replace("\u00a0", " ").replace("\u202f", " ")).strip()


# What a person cannot see in a cell is taken out, which a notice says.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
