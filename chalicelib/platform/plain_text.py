"""Texts as people write them: nothing that cannot be seen, or that turns the writing of the rest around.

Refused are control characters but for tab and line ends, invisible format characters, marks of direction, and the
separators of lines and paragraphs. The joiners of Indic scripts and Persian are kept between letters.
"""

import re

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
JOINERS = "\u200c\u200d"


def is_plain(text: str) -> bool:
    """Whether a text holds only what its reader can see."""
    return text.strip(JOINERS) == text and not INVISIBLE.search(text)
