"""What the disk, the folder or the database refuses, told apart by its own number, so that each can be said in a sentence."""
import errno
from enum import StrEnum


class Kind(StrEnum):
    BUSY = "busy"      # another program holds the database
    GONE = "gone"      # its server does not answer
    FULL = "full"      # no room left
    CLOSED = "closed"  # not ours to read or to write
    BROKEN = "broken"  # the file or the disk is damaged


OF_SYSTEM = {errno.ENOSPC: Kind.FULL, errno.EDQUOT: Kind.FULL, errno.EFBIG: Kind.FULL, errno.EACCES: Kind.CLOSED, errno.EPERM: Kind.CLOSED,
             errno.EROFS: Kind.CLOSED, errno.EIO: Kind.BROKEN}
READ_ONLY = 8
OF_SQLITE = {5: Kind.BUSY, 6: Kind.BUSY, READ_ONLY: Kind.CLOSED, 10: Kind.BROKEN, 11: Kind.BROKEN, 13: Kind.FULL, 14: Kind.CLOSED,
             26: Kind.BROKEN}  # https://sqlite.org/rescode.html
CANNOT_WRITE = {778, 1034, 1290, 4874}  # IOERR of write, fsync, dir_fsync, shmsize: a limit of the disk or of the account
OF_POSTGRESQL = {"08": Kind.GONE, "25": Kind.CLOSED, "40": Kind.BUSY, "53": Kind.BUSY, "55": Kind.BUSY, "57": Kind.BUSY, "58": Kind.BROKEN,
                 "XX": Kind.BROKEN}  # by class of SQLSTATE
DISK_FULL = "53100"
REASONS = {errno.ENOENT: "tidak ada", errno.ENOTDIR: "bagian jalurnya bukan folder", errno.EISDIR: "itu sebuah folder",
           errno.ENAMETOOLONG: "namanya terlalu panjang", errno.ELOOP: "pintasannya berputar", errno.EROFS: "disknya hanya dapat dibaca",
           errno.EIO: "disknya rusak atau terlepas", errno.EBUSY: "sedang dipakai program lain",
           **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "disknya penuh"),
           **dict.fromkeys((errno.EACCES, errno.EPERM), "akun ini tidak berhak")}


def kind_of(error: BaseException | None) -> Kind | None:
    """None for what is a fault of the app itself."""
    error = getattr(error, "orig", None) or error  # as the driver said it
    if state := getattr(error, "sqlstate", None):
        return Kind.FULL if state == DISK_FULL else OF_POSTGRESQL.get(state[:2])
    if code := getattr(error, "sqlite_errorcode", None):
        return Kind.FULL if code in CANNOT_WRITE else OF_SQLITE.get(code & 0xFF)
    if isinstance(error, OSError):
        return OF_SYSTEM.get(error.errno or 0)
    return Kind.GONE if type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError" else None


def reason(error: OSError) -> str:
    """Why the system refused, to stand in a sentence behind the file or folder."""
    return REASONS.get(error.errno or 0, f"gangguan nomor {error.errno} dari sistem")


def is_no_text(error: BaseException | None) -> bool:
    """A letter nobody types and PostgreSQL does not store (NUL); its driver says so before it asks."""
    error = getattr(error, "orig", None) or error
    return type(error).__name__ == "DataError" and "NUL (0x00)" in str(error)


def is_read_only(error: BaseException) -> bool:
    """SQLite's word for a connection, a file or a folder that takes no writing."""
    return getattr(getattr(error, "orig", error), "sqlite_errorcode", None) == READ_ONLY
