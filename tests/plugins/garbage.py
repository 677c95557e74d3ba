"""Look for garbage less often: the tests live on objects that stay, and looking at them took a tenth of the time."""

from __future__ import annotations

import gc

# New objects before the young, rounds before the middle-aged, and rounds of those before the old are looked at. Python
# begins with 700, 10 and 10.
gc.set_threshold(100_000, 20, 50)
