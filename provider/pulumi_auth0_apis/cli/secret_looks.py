"""Whether a setting looks like a secret, as `looksLikeSecret` of Pulumi's CLI judges it.

That one knows a dictionary of passwords and words; here a long text of many different characters is enough.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

_KEY: Final = re.compile("passwd|pass|password|pwd|secret|token", re.IGNORECASE)
_LONGEST: Final = 16
"""How many characters are judged."""
_LEAST_BITS: Final = 40
_LEAST_BITS_EACH: Final = 3.0


def looks_like_secret(key: str, value: str) -> bool:
    """Whether the key sounds like a secret, and the value is as random as one."""
    text = value[:_LONGEST]
    if not text or not _KEY.search(key.rpartition(":")[2]):
        return False
    shares = [count / len(text) for count in Counter(text).values()]
    bits_each = -sum(share * math.log2(share) for share in shares)
    return bits_each >= _LEAST_BITS_EACH and bits_each * len(text) >= _LEAST_BITS
