"""The address the app listens on: taken, refused with a sentence, and told to people."""

import errno
import os
import socket
import struct
import sys
from typing import IO

from app import locks
from app.called import called
from app.config import SettingError, Settings
from app.server.database import not_ours

VIRTUAL = ("lo", "docker", "br-", "veth", "virbr")  # interfaces no colleague can reach


def bind(settings: Settings, *, shared: bool) -> socket.socket:
    """A socket on the address of the settings; SettingError when it cannot be had."""
    host, port = settings.host, settings.port
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name == "nt":  # SO_REUSEADDR would let two programs have one port there
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if shared:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
        return listener
    except OSError as error:
        listener.close()
        raise SettingError(_refusal(error, host, port)) from None


def claim(settings: Settings) -> IO[str]:
    """The open file that holds the data folder for this server; SettingError while another server or a restore has it. Servers on PostgreSQL
    share one folder, from several hosts."""
    folder = settings.open_data()
    try:
        file = locks.take(folder / locks.SERVER, patience=1, shared=bool(settings.database_url))
    except OSError:
        raise not_ours(folder, folder / locks.SERVER) from None
    if file is None:
        raise SettingError(f"Lumbung Inovasi sudah berjalan dengan folder data {folder}, atau folder itu sedang dipulihkan. "
                           "Hentikan dulu yang itu, atau pilih folder lain dengan --data.")
    return file


def check(settings: Settings) -> None:
    """SettingError unless the data folder can be written, no other server has it, and nobody listens on the port."""
    claim(settings).close()
    with bind(settings, shared=False) as probe:
        try:
            probe.listen(1)
        except OSError as error:
            raise SettingError(_refusal(error, settings.host, settings.port)) from None


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)):
        other = port + 1 if port < 65535 else 8000
        return (f"Port {port} sudah dipakai program lain. Tutup program itu, atau pilih port lain: "
                f"{called(f'serve --port {other}')}")
    if error.errno in (errno.EACCES, getattr(errno, "WSAEACCES", None)):
        return f"Port {port} tidak boleh dipakai akun ini; pilih port lain dengan --port, misalnya 8000."
    return f"Alamat {host} bukan alamat komputer ini; periksa --host atau pengaturan host."


def announce(settings: Settings) -> None:
    found = lan_addresses() if settings.host in ("0.0.0.0", "::") else [settings.host]
    print("Lumbung Inovasi berjalan.", flush=True)
    for address in found or ["localhost"]:
        name = f"[{address}]" if ":" in address else address
        print(f"  Buka {'https' if settings.tls_certificate else 'http'}://{name}:{settings.port} di peramban.")
    print("Untuk berhenti: tekan Ctrl+C.", flush=True)


def lan_addresses() -> list[str]:
    """The IPv4 addresses colleagues can type; asks no name server and sends nothing."""
    found = _interfaces() if sys.platform == "linux" else _named()
    return [address for address in dict.fromkeys(found) if not address.startswith("127.")]


def _interfaces() -> list[str]:
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            if name.startswith(VIRTUAL):
                continue
            try:
                request = struct.pack("256s", name.encode()[:15])
                answer = fcntl.ioctl(asking.fileno(), 0x8915, request)  # SIOCGIFADDR
            except OSError:
                continue  # an interface without an IPv4 address
            found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _named() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
