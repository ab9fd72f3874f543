"""Every setting of the app: one list, read once, refused with a sentence when it is wrong.

A setting comes from the environment (`LUMBUNG_PORT=8080`), else from `lumbung.toml` in
the data folder (`port = 8080`), else from the default below. This module knows no Flask.
docs/pengaturan.md holds the same list; `python -m app.config` prints it.
"""

import difflib
import os
import re
import secrets
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from app.config_kinds import COMMAND, DATABASE, FILE, FOLDER, HOSTS, LETTERS, PATTERN, PROFILE, ROOT, YES_NO, ZONE, Kind, about, number, text
from app.data_folder import SettingError, create, opened

PREFIX = "LUMBUNG_"
NOT_SETTINGS = {"LUMBUNG_CHROMIUM", "LUMBUNG_TEST_DATABASE_URL", "LUMBUNG_TEST_WHOLE", "LUMBUNG_TYPED"}  # read by the tests, and by app/called.py
MEGABYTE = 1024 * 1024
READING = "reading"  # SQLite's second set of connections, see app/extensions.py


@dataclass(frozen=True)
class Settings:
    data: Path = field(default=ROOT / "instance", metadata=about(FOLDER,
        "Folder data: basis data, berkas, kunci rahasia. Hanya lewat lingkungan atau `--data`."))
    database_url: str = field(default="", repr=False, metadata=about(DATABASE,
        "Basis data PostgreSQL, untuk beberapa komputer server; juga dari lingkungan `DATABASE_URL`. Lihat docs/postgresql.md. "
        "Kosong: SQLite di folder data."))
    host: str = field(default="0.0.0.0", metadata=about(text(100),
        "Alamat yang didengarkan; `0.0.0.0` berarti semua jaringan komputer ini."))
    port: int = field(default=8000, metadata=about(number(1, 65535), "Nomor port."))
    address: str = field(default="", metadata=about(text(200),
        "Alamat yang diketik orang di peramban, misalnya `http://10.1.2.3:8000`; tertulis dalam teks pengingat. Kosong: yang sedang dipakai."))
    processes: int = field(default=0, metadata=about(number(0, 16),
        "Banyaknya proses server; 0 berarti sebanyak inti prosesor, paling banyak 4. Di Windows selalu satu."))
    threads: int = field(default=4, metadata=about(number(1, 16),
        "Banyaknya permintaan yang dikerjakan bersamaan oleh satu proses."))
    upload_mb: int = field(default=100, metadata=about(number(1, 1024),
        "Besar satu berkas unggahan paling banyak, dalam MB."))
    unit_quota_mb: int = field(default=2000, metadata=about(number(1, 1_000_000),
        "Jumlah besar semua berkas satu perangkat daerah paling banyak, dalam MB."))
    innovation_quota_mb: int = field(default=1000, metadata=about(number(1, 1_000_000),
        "Jumlah besar semua berkas satu inovasi paling banyak, dalam MB: profil dan bukti di semua tahunnya."))
    scan_command: str = field(default="", metadata=about(COMMAND,
        "Pemindai virus untuk setiap berkas yang diunggah, misalnya `clamdscan --fdpass --no-summary`; jalur berkas ditambahkan di belakang. "
        "Kosong: tidak dipindai."))
    timezone: str = field(default="Asia/Jakarta", metadata=about(ZONE,
        "Zona waktu daerah; batas hari dan jam yang tampil memakai zona ini."))
    region: str = field(default="Kabupaten Lumbung Raya", metadata=about(text(100),
        "Nama daerah yang tampil di layar dan cetakan."))
    office: str = field(default="Bappelitbangda", metadata=about(text(100), "Nama kantor yang mengelola inovasi."))
    seat: str = field(default="Lumbung Kota", metadata=about(text(100), "Tempat kedudukan kantor, tertulis di depan tanggal surat."))
    contact: str = field(default="Bidang Penelitian dan Pengembangan, pesawat 112", metadata=about(text(200),
        "Siapa yang dihubungi bila ada kesulitan; tampil di halaman masuk."))
    number_prefix: str = field(default="LR", metadata=about(LETTERS, "Awalan nomor usulan."))
    letter_number: str = field(default="400.10.11/{nomor}/LI/{tahun}", metadata=about(PATTERN,
        "Bentuk nomor surat; `{nomor}` berurut tiap tahun, `{bulan}` angka Romawi."))
    training: bool = field(default=False, metadata=about(YES_NO,
        "Tandai sebagai tempat latihan; `serve --demo` menyalakannya."))
    https: bool = field(default=False, metadata=about(YES_NO,
        "Aplikasi dibuka lewat HTTPS (di belakang nginx atau sejenisnya); kuki hanya dikirim lewat HTTPS."))
    tls_certificate: Path | None = field(default=None, metadata=about(FILE,
        "Berkas sertifikat (PEM, beserta rantainya) bila aplikasi sendiri yang melayani HTTPS; `https` ikut menyala."))
    tls_key: Path | None = field(default=None, metadata=about(FILE, "Berkas kunci sertifikat itu (PEM, tanpa kata sandi)."))
    trusted_hosts: tuple[str, ...] = field(default=(), metadata=about(HOSTS,
        "Bila diisi, hanya nama atau alamat ini yang boleh dipakai membuka aplikasi."))
    proxies: int = field(default=0, metadata=about(number(0, 5),
        "Banyaknya proksi (nginx) di depan aplikasi; bila lebih dari 0, isi `host` dengan `127.0.0.1`."))
    compress: bool = field(default=True, metadata=about(YES_NO,
        "Kirim halaman termampatkan: seperlima besarnya, berguna bagi kantor dengan sambungan lambat."))
    session_idle_minutes: int = field(default=30, metadata=about(number(5, 480),
        "Sesi berakhir bila tidak dipakai selama ini, dalam menit."))
    session_hours: int = field(default=12, metadata=about(number(1, 24),
        "Sesi berakhir paling lambat setelah ini, dalam jam."))
    password_profile: str = field(default="MODERN", metadata=about(PROFILE,
        "Aturan kata sandi. MODERN: 15 huruf (12 dengan langkah kedua), tanpa kedaluwarsa. BSSN: 12 huruf dari empat jenis, diganti tiap 90 hari."))
    admin_totp: bool = field(default=False, metadata=about(YES_NO,
        "Wajibkan langkah kedua (kode dari ponsel) bagi setiap Admin."))

    backup_folder: Path | None = field(default=None, metadata=about(FOLDER,
        "Folder tempat cadangan ditulis, sebaiknya di disk lain. Kosong: `cadangan` di folder data."))
    backup_keep: int = field(default=14, metadata=about(number(1, 366),
        "Cadangan harian yang disimpan, satu tiap hari; di samping itu satu tiap minggu selama delapan minggu."))
    backup_second: Path | None = field(default=None, metadata=about(FOLDER,
        "Tempat kedua bagi salinan cadangan terbaru: folder di flashdisk atau di komputer lain; boleh sedang tidak terpasang."))
    backup_second_days: int = field(default=7, metadata=about(number(1, 366),
        "Sesudah sekian hari salinan di tempat kedua dianggap terlalu lama."))

    @classmethod
    def load(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Raises SettingError; creates nothing."""
        known = {f.name: f.metadata["kind"] for f in fields(cls)}
        named = {key.removeprefix(PREFIX).lower(): (key, value) for key, value in env.items()
                 if key.startswith(PREFIX) and key not in NOT_SETTINGS}
        if env.get("DATABASE_URL"):
            named.setdefault("database_url", ("DATABASE_URL", env["DATABASE_URL"]))
        values = {}
        if "data" in named:
            values["data"] = _read("data", FOLDER, *named["data"])
        toml = values.get("data", cls.data) / "lumbung.toml"
        filed = {name: (str(toml), value) for name, value in _toml(toml).items()}
        if "data" in filed:
            raise SettingError(f"Pengaturan data tidak boleh di {toml}; pakai LUMBUNG_DATA atau --data.")
        for name, (origin, value) in (filed | named).items():
            values[name] = _read(name, known.get(name), origin, value)
        if (values.get("tls_certificate") is None) != (values.get("tls_key") is None):
            raise SettingError("Pengaturan tls_certificate dan tls_key diisi bersama-sama, atau keduanya tidak.")
        values["https"] = values.get("https", False) or "tls_certificate" in values
        return cls(**values)

    def open_data(self) -> Path:
        """The data folder, made when missing; SettingError when this account cannot or should not write there."""
        return opened(self.data)

    def secret(self) -> str:
        """The key of this installation, made once; processes starting together agree on it."""
        path = self.open_data() / "secret"
        try:
            if not path.exists():
                create(path, secrets.token_hex(32))
            if os.name == "posix" and path.stat().st_mode & 0o077:
                path.chmod(0o600)
            key = path.read_text("ascii", errors="replace").strip()
        except OSError:
            raise SettingError(f"Kunci rahasia {path} tidak dapat dibuka; "
                               "jalankan dengan akun yang memasang aplikasi ini.") from None
        if not re.fullmatch("[0-9a-f]{64}", key):
            raise SettingError(f"Kunci rahasia {path} rusak; hapus berkas itu lalu jalankan lagi "
                               "(semua orang perlu masuk ulang).")
        return key

    def renew_secret(self) -> None:
        """Another key in its place; whoever read the old one keeps it until started again."""
        draft = self.open_data() / "secret.baru"
        draft.unlink(missing_ok=True)
        create(draft, secrets.token_hex(32))
        os.replace(draft, self.data / "secret")

    @property
    def backups(self) -> Path:
        return self.backup_folder or self.data / "cadangan"

    @property
    def full_office(self) -> str:
        return f"{self.office} {self.region}"

    @property
    def max_request_bytes(self) -> int:
        return (self.upload_mb * 3 + 2) * MEGABYTE  # one request may carry several files

    def flask(self) -> dict[str, Any]:
        url = self.database_url or on_file(self.data / "lumbung.sqlite")
        how = {"pool_size": self.threads + 2, "pool_use_lifo": True, "pool_pre_ping": bool(self.database_url), "hide_parameters": True}  # typed words
        return {
            "LUMBUNG": self,
            "SECRET_KEY": self.secret(),
            "SQLALCHEMY_DATABASE_URI": url,
            "SQLALCHEMY_ENGINE_OPTIONS": how,
            "SQLALCHEMY_BINDS": {} if self.database_url else {READING: {"url": url, **how}},
            "MAX_CONTENT_LENGTH": self.max_request_bytes,
            "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,
            "MAX_FORM_PARTS": 2000,
            "SESSION_COOKIE_NAME": "__Host-lumbung" if self.https else "lumbung",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PREFERRED_URL_SCHEME": "https" if self.https else "http",
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "id",
            "BABEL_DEFAULT_TIMEZONE": self.timezone,
            "TRUSTED_HOSTS": list(self.trusted_hosts) or None,
        }


def on_file(path: Path) -> str:
    """SQLAlchemy's word for a SQLite file; it would take a % or a ? in a folder's name for something else, and another file."""
    return f"sqlite:///{quote(path.as_posix(), safe='/:')}"


def _read(name: str, kind: Kind | None, origin: str, value):
    if kind is None:
        near = difflib.get_close_matches(name, [f.name for f in fields(Settings)], n=1)
        hint = f" Mungkin maksudnya {near[0]}?" if near else ""
        raise SettingError(f"Pengaturan {name} dari {origin} tidak dikenal.{hint}")
    try:
        return kind.read(value)
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        given = "" if kind is DATABASE else f", bukan {value!r}"  # a password stands in it
        raise SettingError(f"Pengaturan {name} dari {origin} harus {kind.says}{given}.") from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"salah tulis di baris {line[1]}" if line else "periksa isi dan izinnya"
        raise SettingError(f"Berkas pengaturan {path} tidak dapat dibaca: {where}.") from None


def table() -> str:
    """The list of settings as a Markdown table for docs/pengaturan.md."""
    rows = ["| Nama | Boleh diisi | Bawaan | Keterangan |", "|---|---|---|---|"]
    for f in fields(Settings):
        default = {"data": "instance", "training": "false", "https": "false", "admin_totp": "false", "compress": "true"}.get(f.name, f.default)
        shown = "(kosong)" if default in ((), "", None) else f"`{default}`"
        rows.append(f"| `{f.name}` | {f.metadata['kind'].says} | {shown} | {f.metadata['doc']} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
