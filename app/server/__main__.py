"""`python -m app.server [--check] [--app module:factory]`; lumbung.py starts it."""

import argparse
import os
import socket
import sys

from app.config import SettingError, Settings
from app.server import address
from app.server.worker import Worker, serve_child


def serve_alone(settings: Settings, factory: str) -> None:
    worker = Worker(settings, factory, shared=False)
    address.announce(settings)
    worker.run()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m app.server")
    parser.add_argument("--app", default="app:create_app", help="module:factory")
    parser.add_argument("--check", action="store_true", help="only say whether serving could begin")
    parser.add_argument("--child", type=int, metavar="FD", help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        settings = Settings.load()
        if options.child is not None:
            serve_child(settings, options.app, socket.socket(fileno=options.child))
            return 0
        address.check(settings)
        if options.check:
            return 0
        if os.name == "nt":
            serve_alone(settings, options.app)
            return 0
        from app.server.crew import Crew  # needs what Windows has not

        Crew(settings, options.app).run()
        return 0
    except SettingError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
