"""What the C library keeps of the memory that was given back to it."""
import ctypes
import sys

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8  # names of mallopt(3)
KEPT = 128 * 1024  # bytes: blocks as large as this go back at once, and so does a free end longer than it
ARENAS = 1


def hold_less() -> None:
    """One arena, and nothing large kept. By default every thread has its own, and after the first password (19 MB for a moment) each keeps as
    much: measured 80 MB a process. Only glibc can be told; elsewhere nothing is done."""
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        for what, value in ((ARENA_MAX, ARENAS), (MMAP_THRESHOLD, KEPT), (TRIM_THRESHOLD, KEPT)):
            mallopt(what, value)
