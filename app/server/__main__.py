"""`python -m app.server [--check] [--app module:factory]`; lumbung.py starts it."""

import argparse
import os
import sys

from app.config import SettingError, Settings
from app.server import address, database
from app.server.tls import context_of
from app.server.worker import Worker, build


def serve_alone(settings: Settings, factory: str) -> None:
    worker = Worker(settings, build(factory), shared=False)
    address.announce(settings)
    worker.run()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m app.server")
    parser.add_argument("--app", default="app:create_app", help="module:factory")
    parser.add_argument("--check", action="store_true", help="only say whether serving could begin")
    options = parser.parse_args()
    os.umask(0o077)  # what is written in the data folder is for this account alone
    try:
        settings = Settings.load()
        address.check(settings)
        context_of(settings)
        database.check(settings)
        if options.check:
            return 0
        database.check_version(settings)
        with address.claim(settings):
            if os.name == "nt":
                serve_alone(settings, options.app)
                return 0
            from app.server.crew import Crew, NotMade  # need what Windows has not

            try:
                Crew(settings, options.app).run()
            except NotMade:
                return 1
            return 0
    except SettingError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
