"""The data folder itself: opened by whoever may write in it, in the name of the account it belongs to."""
import errno
import os
import tempfile
from pathlib import Path

from app.called import typed


class SettingError(Exception):
    """An Indonesian sentence naming the setting, where it came from and what it may be."""


def opened(data: Path) -> Path:
    """Made when missing; SettingError when it cannot be written, or when what is written there would be root's and not its owner's."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as probe:
            written_by, owner = os.fstat(probe.fileno()).st_uid, data.stat().st_uid
    except OSError as error:
        full = "penyimpanan penuh; kosongkan sebagian" if error.errno == errno.ENOSPC else "periksa nama dan izinnya"
        raise SettingError(f"Folder data {data} tidak dapat ditulisi: {full}, "
                           "atau pilih folder lain dengan --data.") from None
    if os.name == "posix" and os.geteuid() == 0 == written_by != owner:
        raise SettingError(_in_its_name(data, owner))
    return data


def _in_its_name(data: Path, owner: int) -> str:
    """For root: the service of that account could not open what root leaves behind, and would not start again."""
    import pwd  # not on Windows

    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        return (f"Folder data {data} milik akun nomor {owner}, yang tidak dikenal di komputer ini. Tidak ada yang diubah. "
                f"Berikan dulu kepada akun yang menjalankan aplikasi: chown -R AKUN: {data}")
    return (f"Folder data {data} milik akun {name}; yang ditulis root di sana tidak dapat dibuka akun itu. Tidak ada yang diubah. "
            f"Jalankan atas namanya:\n  runuser -u {name} -- {typed()}")


def create(path: Path, content: str) -> None:
    """All of the file or none of it, and the first of two writers wins."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # 0600, O_EXCL
    draft = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Both refuse an existing target, where replace() would overwrite it.
        os.rename(draft, path) if os.name == "nt" else os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
