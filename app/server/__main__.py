"""`python -m app.server [--check] [--app module:factory]`; lumbung.py starts it."""

import argparse
import os
import sys

from app.config import SettingError, Settings
from app.server import address, database

TO_PREPARE = 4  # what `--check` ends with when serving could begin as soon as `siapkan` has run


def serve_alone(settings: Settings, factory: str) -> None:
    from app.server.worker import Worker, build

    worker = Worker(settings, build(factory), shared=False)
    address.announce(settings)
    worker.run()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m app.server")
    parser.add_argument("--app", default="app:served", help="module:factory")
    parser.add_argument("--check", action="store_true", help="only say whether serving could begin, and look through the database")
    options = parser.parse_args()
    os.umask(0o077)  # what is written in the data folder is for this account alone
    try:
        settings = Settings.load()
        address.check(settings)
        if settings.tls_certificate:
            from app.server.tls import context_of  # 3 MB: for who has a certificate

            context_of(settings)
        if options.check:
            database.check(settings)
            return 0 if database.is_prepared(settings) else TO_PREPARE
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
