"""The plug is pulled: `python -m tests.faults.power --times 100` kills the real server in the middle of saves, uploads and typing, starts it
again and looks for everything it had confirmed. A table at the end; exit 1 when anything is lost."""
import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import select, text

from app import checks
from app.checks import State, Things
from app.checks.everything import DEEP
from app.config import ROOT
from app.extensions import db, only_reading
from app.models import Draft, Entry, Innovation, Instrument, User
from app.queries import files
from app.rules.access import Role
from app.storage.sweeping import sweep
from tests.backed import put
from tests.cast import PROFILE, make_cast
from tests.faults.crowd import Worker, at_work
from tests.live import PASSWORD_HASH, await_answer, free_port, prepared

PEOPLE = 5


def furnish(folder: Path) -> dict[str, int]:
    """A data folder with an operator and a proposal for each of the crowd: user name -> proposal."""
    with prepared(folder):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        entries = {}
        for number in range(PEOPLE):
            user = User.add(f"operator{number}", f"Operator {number}", PASSWORD_HASH, None)
            user.change_password(PASSWORD_HASH)
            user.give_role(Role.OPERATOR, cast.units["dinas"], None)
            innovation = Innovation.add(f"INOVASI {number}", cast.units["dinas"], user)
            innovation.edit(user, **PROFILE)
            entries[user] = Entry.start(innovation, cast.period, user)
        db.session.add_all([*cast.people.values(), cast.entry, *entries, *entries.values()])
        db.session.flush()
        for file in db.session.scalars(text("SELECT id FROM stored_file")).all():
            _give_bytes(folder, file)
        return {user.username: entry.id for user, entry in entries.items()}


def _give_bytes(folder: Path, id: int) -> None:
    sha256, size = put(folder, f"berkas {id}".encode())
    db.session.execute(text("UPDATE stored_file SET sha256 = :sha256, size = :size WHERE id = :id"), {"sha256": sha256, "size": size, "id": id})


def start(folder: Path, port: int) -> subprocess.Popen:
    """The server with two processes, in a session of its own, so that all of it can be killed at once."""
    env = {"LUMBUNG_DATA": str(folder), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(port), "LUMBUNG_PROCESSES": "2", "PATH": os.environ["PATH"]}
    with open(folder / "server.log", "ab") as log:
        server = subprocess.Popen([sys.executable, "-m", "app.server"], cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT,
                                  start_new_session=True)
    await_answer(f"http://127.0.0.1:{port}/sehat", server, 60)
    return server


def pull_the_plug(server: subprocess.Popen) -> None:
    """SIGKILL to the parent, its processes and their children, however often it takes."""
    while alive := list(_session_of(server.pid)):
        for pid in alive:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        server.poll()
    server.wait()


def _session_of(leader: int):
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            yield int(process.name)


def losses(app, workers: list[Worker]) -> list[str]:
    """Everything that is not as it must be, in words; looked for while the server that was started again runs."""
    app.extensions["storage"].forget_incoming()
    found = []
    with only_reading():
        things = Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])
        for name in DEEP:
            check = checks.deep(name, things)
            if check.state is not State.GOOD:
                found.append(f"{name}: {check.says} {'; '.join(check.faults)}")
        for worker in workers:
            found += missing(worker)
    return found


def missing(worker: Worker) -> list[str]:
    """Of what the server confirmed to this person."""
    entry, told, found = db.session.get(Entry, worker.entry), worker.told, []
    for code, level in told.levels.items():
        stored = entry.answer_on(code).claimed_level
        if stored not in {level} | told.begun.get(code, set()):
            found.append(f"save lost: {worker.name} row {code} was {level}, is {stored}")
    titles = Counter(exhibit.version.title for answer in entry.answers for exhibit in answer.exhibits)
    found += [f"upload lost: {title}" for title in told.titles if titles[title] != 1]
    drafts = {draft.address: draft.fields.get("reply", [""])[0] for draft in db.session.scalars(
        select(Draft).join(User, User.id == Draft.user_id).where(User.username == worker.name))}
    for address, words in told.drafts.items():
        may_be = {words} | told.begun_drafts.get(address, set())
        taken = told.begun.get(address.rpartition("/")[2])  # a save that was under way takes it along
        if drafts.get(address) not in may_be and not (taken and address not in drafts):
            found.append(f"typing lost: {worker.name} {address} was {words!r}, is {drafts.get(address)!r}")
    for code, levels in told.begun.items():  # what is stored now is what it is from here on
        if levels:
            stored = entry.answer_on(code).claimed_level
            told.levels.update({code: stored} if stored else {})
            if worker.row(code) not in drafts:
                told.drafts.pop(worker.row(code), None)
            levels.clear()
    for address, words in told.begun_drafts.items():
        if words and address in drafts:
            told.drafts[address] = drafts[address]
        words.clear()
    return found


def orphans(app) -> set[str]:
    on_disk = {path.name for path in (app.config["LUMBUNG"].data / "files").glob("*/*")}
    return on_disk - set(db.session.scalars(files.named(on_disk)))


def swept(app) -> tuple[int, list[str]]:
    """A day later the nightly round removes the files without a row, and those alone."""
    lone = orphans(app)
    for sha256 in lone:
        os.utime(app.extensions["storage"].path(sha256), (time.time() - 2 * 86400,) * 2)
    done = sweep(app.extensions["storage"], lambda hashes: db.session.scalars(files.named(hashes)).all())
    return len(lone), [] if (set(done.files), orphans(app)) == (lone, set()) else [f"swept {done.files}, expected {lone}"]


def pull(times: int, folder: Path, seed: int, say=lambda *_: None) -> dict[str, int | list[str]]:
    """The whole ordeal; what was done and what was lost."""
    dice, port, lost = random.Random(seed), free_port(), []
    entries = furnish(folder)
    workers: list[Worker] = []
    with prepared(folder) as app:
        for number in range(times + 1):
            server = start(folder, port)
            try:
                if not workers:
                    workers = [Worker(f"http://127.0.0.1:{port}", name, entry) for name, entry in entries.items()]
                fresh = losses(app, workers)
                lost += [f"after kill {number}: {one}" for one in fresh]
                db.session.remove()
                if number < times:
                    at_work(workers, dice.uniform(0, 1.2), dice, lambda server=server: pull_the_plug(server))
                say(number, workers, fresh)
            finally:
                pull_the_plug(server)
        number_of_orphans, wrong = swept(app)
        lost += wrong + [f"after the sweep: {one}" for one in losses(app, workers)]
        return {"kills": times, "saves": sum(w.told.saves for w in workers), "uploads": sum(w.told.uploads for w in workers),
                "typings": sum(w.told.typings for w in workers), "events": db.session.scalar(text("SELECT count(*) FROM event")),
                "files": db.session.scalar(text("SELECT count(*) FROM stored_file")), "orphans": number_of_orphans, "lost": lost}

ROWS = (("kills", "kill -9 of all processes"), ("saves", "row saves confirmed (303)"), ("uploads", "uploads confirmed (200)"),
        ("typings", "autosaves confirmed (200)"), ("events", "events, their chain whole"), ("files", "file rows, each with its bytes and hash"),
        ("orphans", "files without a row, found and swept"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.power", description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="lumbung-listrik-") as folder:
        told = pull(options.times, Path(folder) / "data", options.seed, say=lambda number, workers, fresh: print(
            f"{number:4} {sum(w.told.saves for w in workers):6} saves {sum(w.told.uploads for w in workers):5} uploads "
            f"{sum(w.told.typings for w in workers):5} autosaves  {'; '.join(fresh) or 'whole'}", flush=True))
    for name, words in ROWS:
        print(f"| {words} | {told[name]} |")
    print(f"| lost | {len(told['lost'])} |", *told["lost"], sep="\n")
    return 1 if told["lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
