"""A 50 MB film over HTTP on the real server: kept whole, never held in memory."""
import http.client
import os
import re
import struct
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Instrument, StoredFile
from tests.cast import make_cast
from tests.live import PASSWORD_HASH, Person, prepared, running
from tests.storage.samples import mp4

MEGABYTE = 1024 * 1024
FILM = 50 * MEGABYTE
BOUNDARY = "----lumbung"
MOST_GROWTH = 24 * MEGABYTE  # what a request may cost, whatever the size of its file


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        cast.owner.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def film(path: Path) -> Path:
    """A small film made big by a `free` box of the right size, as editors leave them."""
    small = mp4()
    with open(path, "wb") as file:
        file.write(small)
        file.write(struct.pack(">I", FILM - len(small)) + b"free")
        file.truncate(FILM)
    return path


def peaks(address: str, folder: Path) -> dict[int, int]:
    """Highest resident memory so far of every process of this server, in bytes: each holds the file that says the folder is served."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.path.samefile(handle, folder / "server.kunci") for handle in (process / "fd").iterdir() if handle.exists()):
                found[int(process.name)] = int(re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())[1]) * 1024
        except (OSError, TypeError):
            continue
    return found


def send(person: Person, path: str, fields: dict[str, str], file: Path) -> tuple[int, bytes]:
    """A multipart POST that is read from disk while it goes out."""
    head = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\nContent-Type: video/mp4\r\n\r\n'
    tail = f"\r\n--{BOUNDARY}--\r\n"
    host = urlsplit(person.address)
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=120)
    connection.putrequest("POST", path)
    for name, value in {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "application/json",
                        "Content-Length": str(len(head) + file.stat().st_size + len(tail)), "Cookie": person.cookies}.items():
        connection.putheader(name, value)
    connection.endheaders(head.encode())
    with open(file, "rb") as content:
        while chunk := content.read(256 * 1024):
            connection.send(chunk)
    connection.send(tail.encode())
    with connection.getresponse() as response:
        answer = response.status, response.read()
    connection.close()
    return answer


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of the server's processes is read from /proc (Linux)")
def test_a_50_mb_upload_is_kept_whole_and_never_held_in_memory(folder, tmp_path):
    big = film(tmp_path / "film.mp4")
    with running(folder, anew=True, LUMBUNG_PROCESSES="1") as address:
        owner = Person(address, "owner")
        page = owner.open("/usulan/1/indikator/35")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        small = tmp_path / "kecil.mp4"
        small.write_bytes(mp4())
        assert send(owner, "/usulan/1/indikator/35/bukti", {"csrf_token": token, "title": "Percobaan"}, small)[0] == 200  # all is imported now
        before = peaks(address, folder)
        assert send(owner, "/usulan/1/indikator/35/bukti", {"csrf_token": token, "title": "Film besar"}, big) == (200, b'{"ok":true}\n')
        after = peaks(address, folder)
    growth = {pid: after[pid] - peak for pid, peak in before.items() if pid in after}
    print(f'growth of the highest resident memory: {growth}')
    assert growth and max(growth.values()) < MOST_GROWTH, growth
    with prepared(folder):
        kept = db.session.scalar(select(StoredFile).where(StoredFile.size == FILM))
        assert (folder / "files" / kept.sha256[:2] / kept.sha256).stat().st_size == FILM
        assert "Film besar" in [e.version.title for e in db.session.get(Entry, 1).answer_on("35").exhibits]
    assert not [path for path in (folder / "incoming").rglob("*") if path.is_file()]
