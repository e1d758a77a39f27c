"""How long tests wait for what comes at once on a machine that has nothing else to do."""

from __future__ import annotations

# A wait ends when what it waits for happens, so this costs time only where it never does. A first
# start on a machine whose disk is busy has taken over a minute.
PATIENCE = 300.0  # seconds
