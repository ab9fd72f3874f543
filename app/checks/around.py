"""What is around the data: disk, rights, and how long ago what should be done every night was done. Quick; told from small files."""
import os
import shutil
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import backups, clock
from app.called import called
from app.checks.found import Check, State, Things
from app.checks.night import last_night
from app.config import Settings
from app.models import ReminderRun
from app.rules import days
from app.rules.words import file_size

GIGABYTE = 1024**3
TIGHT, NEARLY_FULL = GIGABYTE, GIGABYTE // 10
TIGHT_SHARE = 0.05
LATE = timedelta(days=2)
MISSED = 3  # working days: reminders are made on no other (pemasangan/linux/lumbung-ingatkan.timer)
TIMERS = "Minta pengelola server menjadwalkan {} tiap hari; caranya di panduan Kesehatan."
BESIDE = ("Mungkin flashdisknya tidak terpasang: pasang, lalu salin dari halaman Cadangan. Bila foldernya memang di disk itu, minta pengelola server "
          "mengganti pengaturan backup_second.")
SECOND = "Pasang flashdisk atau sambungkan foldernya, lalu salin dari halaman Cadangan."
DUMP = "Minta pengelola server menjadwalkan pg_dump tiap malam ke folder itu; caranya di docs/postgresql.md."
DRILL = "Buka halaman Cadangan dan jalankan latihannya; pekerjaan malam melatihnya tiap minggu."


def disk(settings: Settings) -> Check:
    usage = shutil.disk_usage(settings.data)
    left = f"Sisa ruang {file_size(usage.free)} dari {file_size(usage.total)}."
    advice = "Kosongkan disknya atau pindahkan cadangan ke disk lain; bila penuh, unggahan dan simpanan ditolak."
    if usage.free < NEARLY_FULL:
        return Check("Ruang disk", State.BAD, f"Disk hampir penuh. {left}", advice)
    if usage.free < TIGHT or usage.free < TIGHT_SHARE * usage.total:
        return Check("Ruang disk", State.LOOK, f"Ruang disk tinggal sedikit. {left}", advice)
    return Check("Ruang disk", State.GOOD, left)


def rights(settings: Settings) -> Check:
    """Windows keeps rights in its own way: nothing is said of them there."""
    data = settings.data
    closed = {data / "secret": 0o077, data / "lumbung.sqlite": 0o077, data: 0o007}
    if settings.database_url:
        closed[data / "lumbung.toml"] = 0o077  # a password stands in it
    open_ = [path for path, others in closed.items() if os.name == "posix" and path.exists() and path.stat().st_mode & others]
    if not open_:
        return Check("Hak akses", State.GOOD, "Kunci rahasia dan folder data tertutup bagi orang lain di server ini.")
    return Check("Hak akses", State.LOOK, "Orang lain yang masuk ke server ini dapat membaca data aplikasi.",
                 "Minta pengelola server menutupnya: chmod 700 untuk folder, chmod 600 untuk berkas.", tuple(map(str, open_)))


def backup(settings: Settings) -> Check:
    newest = backups.latest(settings.backups)
    if newest is None:
        return Check("Cadangan", State.LOOK, "Belum ada cadangan: bila server rusak hari ini, semua isian dan bukti hilang.",
                     "Buka halaman Cadangan dan tekan Cadangkan sekarang.")
    if newest.missing:
        return Check("Cadangan", State.BAD, f"Cadangan terakhir tidak lengkap: {len(newest.missing)} berkas hilang atau berubah.",
                     "Buka halaman Cadangan; berkasnya disebut di sana.")
    if newest.is_old:
        return Check("Cadangan", State.LOOK, f"Cadangan terakhir dibuat {ago(newest.made_at)}.",
                     "Buka halaman Cadangan dan tekan Cadangkan sekarang; lalu periksa jadwal malamnya.")
    return Check("Cadangan", State.GOOD, f"Cadangan terakhir {ago(newest.made_at)}, lengkap dan sudah dibaca ulang.")


def second(settings: Settings) -> Check:
    there = backups.second_state(settings)
    if there.kind == "unset":
        return Check("Tempat kedua", State.LOOK, "Cadangan hanya ada di satu tempat: bila server dicuri atau terbakar, semuanya hilang.",
                     "Minta pengelola server mengisi pengaturan backup_second, atau bawa unduhan cadangan ke ruangan lain tiap minggu.")
    if there.is_beside:
        return Check("Tempat kedua", State.LOOK, f"Tempat kedua {there.folder} ada di disk yang sama dengan datanya: bila disk itu rusak, semuanya "
                     "hilang.", BESIDE)
    if there.newest is None:
        return Check("Tempat kedua", State.LOOK, f"Di tempat kedua {there.folder} belum ada cadangan.", SECOND)
    if there.is_old:
        return Check("Tempat kedua", State.LOOK, f"Cadangan di tempat kedua dibuat {ago(there.newest)}; batasnya {there.days} hari.", SECOND)
    away = ", kini tidak terpasang" if there.kind == "away" else ""
    return Check("Tempat kedua", State.GOOD, f"Cadangan di tempat kedua dibuat {ago(there.newest)}{away}.")


def outside(settings: Settings) -> Check:
    """What stands in a PostgreSQL database is backed up by its own tools; a SQLite file that was left behind says nothing of it. Seen is what
    pg_dump writes into the folder of backups."""
    newest = backups.newest_dump(settings.backups)
    if newest is None:
        return Check("Cadangan", State.LOOK, f"Aplikasi ini memakai PostgreSQL, dan dump basis datanya belum ada di {settings.backups}.", DUMP)
    if not newest.is_whole:
        return Check("Cadangan", State.BAD, f"{newest.name} bukan dump yang utuh; pg_dump mungkin terhenti.", DUMP)
    state = State.LOOK if newest.is_old else State.GOOD
    return Check("Cadangan", state, f"Dump PostgreSQL terakhir dibuat {ago(newest.made_at)}.", DUMP if newest.is_old else "")


def drill(settings: Settings) -> Check:
    last = backups.last_drill(settings.data)
    if last is None:
        return Check("Latihan pemulihan", State.LOOK, "Memulihkan cadangan belum pernah dilatih.", DRILL)
    if not last.ok:
        return Check("Latihan pemulihan", State.BAD, f"Latihan pemulihan terakhir gagal. {last.words}",
                     "Buat cadangan baru lalu latih sekali lagi; bila gagal juga, minta bantuan sebelum cadangan itu diperlukan.")
    if last.is_old:
        return Check("Latihan pemulihan", State.LOOK, f"Latihan pemulihan terakhir {ago(last.at)}.", DRILL)
    return Check("Latihan pemulihan", State.GOOD, f"Dilatih {ago(last.at)}. {last.words}")


def nightly(settings: Settings) -> Check:
    night = last_night(settings.data)
    if night is None:
        return Check("Pekerjaan malam", State.LOOK, "Pemeriksaan malam belum pernah berjalan.", TIMERS.format(called("malam")))
    if abs(clock.now() - night.at) > LATE:
        return Check("Pekerjaan malam", State.LOOK, f"Pemeriksaan malam terakhir berjalan {ago(night.at)}.", TIMERS.format(called("malam")))
    if night.failed:
        return Check("Pekerjaan malam", State.LOOK, f"{len(night.failed)} pekerjaan malam terakhir gagal.",
                     "Kerjakan petunjuk di samping setiap hal; malam berikutnya dicoba lagi.",
                     tuple(f"{step.name}: {step.trouble}" for step in night.failed))
    return Check("Pekerjaan malam", State.GOOD, f"Semua pekerjaan malam selesai {ago(night.at)}.")


def reminders(things: Things) -> Check:
    last = things.session.scalar(select(func.max(ReminderRun.at)).where(ReminderRun.at < clock.now() + LATE))
    if last and days.of(last, things.zone) >= days.working_days_ago(days.of(clock.now(), things.zone), MISSED):
        return Check("Pengingat harian", State.GOOD, f"Pengingat terakhir dibuat {ago(last)}.")
    return Check("Pengingat harian", State.LOOK, f"Pengingat terakhir dibuat {ago(last)}." if last else "Pengingat harian belum pernah dibuat.",
                 TIMERS.format(called("ingatkan")))


def ago(at: datetime) -> str:
    if at > clock.now() + timedelta(days=1):
        return "pada tanggal yang belum tiba (jam server pernah salah)"
    hours = max(0, int((clock.now() - at).total_seconds() // 3600))
    return f"{hours // 24} hari yang lalu" if hours >= 48 else "kemarin" if hours >= 24 else f"{hours} jam yang lalu" if hours else "baru saja"
