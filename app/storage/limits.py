"""What one reading of one file may cost. Set in the child, before anything heavy is imported."""

import os

MEMORY = 1536 * 1024 * 1024  # address space: 50 Mpx in RGBA, turned and converted, is 600 MB
LARGEST_OUTPUT = 64 * 1024 * 1024
CPU_SECONDS = 20
NICE = 3  # who reads a page goes before a file that is being looked at


def apply() -> None:
    """Bound memory, time and output; nothing made here is readable by other accounts.

    Windows has no such limits: there the parent's patience is the only one.
    """
    os.umask(0o077)
    try:
        import resource
    except ImportError:
        return
    os.nice(NICE)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
