"""The child process: `python -m app.storage.worker <verb> …` prints one line of JSON.

    inspect <kind> <path>              pages, active / width, height / seconds
    draw <path> <folder> <page> …      pages of a PDF into <folder>/p<n>.webp
    shrink <path> <folder>             a picture into <folder>/preview.webp
    read <path> <folder>               words of a PDF into <folder>/text.json and boxes.bin

The line is {"found": …} or {"rejected": "sentence"}; a crash prints {"crashed": …} or nothing.
Each verb imports only what it needs: starting is half of the time a small file takes.
"""

import json
import sys
from pathlib import Path

from . import limits
from .rejected import Rejected


def main() -> int:
    limits.apply()
    verb, *arguments = sys.argv[1:]
    try:
        answer = {"found": VERBS[verb](*arguments)}
    except Rejected as refusal:
        answer = {"rejected": str(refusal)}
    except Exception as trouble:  # whatever it is, the parent is told
        answer = {"crashed": f"{type(trouble).__name__}: {trouble}"}
    print(json.dumps(answer))
    return 0


def inspect(kind: str, path: str) -> dict:
    if kind == "pdf":
        from . import documents

        return documents.inspect(Path(path))
    if kind == "mp4":
        from . import video

        return video.inspect(Path(path))
    from . import pictures

    return pictures.inspect(kind, Path(path))


def draw(path: str, folder: str, *numbers: str) -> dict:
    from . import pages

    return pages.draw(Path(path), Path(folder), *map(int, numbers))


def shrink(path: str, folder: str) -> dict:
    from . import pictures

    return pictures.shrink(Path(path), Path(folder))


def read(path: str, folder: str) -> dict:
    from . import words

    return words.read(Path(path), Path(folder))


VERBS = {"inspect": inspect, "draw": draw, "shrink": shrink, "read": read}

if __name__ == "__main__":
    sys.exit(main())
