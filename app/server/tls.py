"""HTTPS by the server itself, with the office's own certificate. waitress knows no TLS: this gives its channels a socket that does.

Everything happens in waitress's loop and never waits: a handshake that does not go on, or a line that is slow, keeps nobody else waiting.
"""
import socket
import ssl
import threading
import time
from contextlib import suppress

from app.config import SettingError, Settings
from app.server.channel import Channel

RECORD = 16 * 1024  # the most one TLS record holds: who reads so much leaves nothing behind that select() would not see
HANDSHAKE = b"\x16"  # the first byte of every TLS connection
MOVED = "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://{host}{path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
NOT_YET = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


def context_of(settings: Settings) -> ssl.SSLContext | None:
    """None without a certificate; SettingError when it cannot be used. TLS 1.2 and later."""
    if not settings.tls_certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key, password=_no_password)
    except ssl.SSLError as error:
        mismatch = error.reason == "KEY_VALUES_MISMATCH"
        raise SettingError(f"Sertifikat {settings.tls_certificate} dan kunci {settings.tls_key} tidak dapat dipakai: "
                           + ("keduanya bukan pasangan." if mismatch else "isinya bukan berkas PEM tanpa kata sandi.")) from None
    except OSError as error:
        raise SettingError(f"Berkas {error.filename or settings.tls_certificate} tidak dapat dibaca; periksa nama dan izinnya.") from None
    return context


def _no_password() -> str:
    """Instead of asking at the keyboard of a server nobody sits at."""
    return ""


class SecureChannel(Channel):
    """One connection over TLS; `server.tls` is the context. Sending happens in any thread, and one connection bears but one at a time."""

    def __init__(self, server, sock, addr, adj, map=None):
        sock.setblocking(False)
        self.one_at_a_time = threading.Lock()
        self.is_open, self.wants_to_write = False, False
        super().__init__(server, sock, addr, adj, map=map)

    def readable(self):
        return super().readable() if self.is_open else not self.wants_to_write and not self.will_close

    def writable(self):
        return super().writable() if self.is_open else self.wants_to_write or self.will_close

    def handle_write(self):
        if self.is_open or self.will_close:
            super().handle_write()
        else:
            self._open()

    def handle_read(self):
        if not self.is_open and not self._open():
            return
        try:
            with self.one_at_a_time:
                data = self.socket.recv(RECORD)
        except NOT_YET:
            return
        except OSError:
            data = b""
        if not data:
            self.handle_close()
            return
        self.last_activity = time.time()
        self.received(data)

    def send(self, data, do_close=True):
        try:
            with self.one_at_a_time:
                return self.socket.send(data)
        except NOT_YET:
            return 0

    def close(self):
        with suppress(OSError, ValueError):
            if self.is_open:
                self.socket.unwrap()  # says good-bye; does not wait for the answer
        super().close()

    def _open(self) -> bool:
        """Go on with the handshake as far as it goes now; True when it is done."""
        try:
            if not isinstance(self.socket, ssl.SSLSocket):
                if self.socket.recv(1, socket.MSG_PEEK) != HANDSHAKE:
                    self._send_away()
                    return False
                self.socket = self.server.tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.socket.do_handshake()
        except BlockingIOError:
            return False
        except ssl.SSLWantReadError:
            self.wants_to_write = False
            return False
        except ssl.SSLWantWriteError:
            self.wants_to_write = True
            return False
        except OSError:
            self.handle_close()
            return False
        self.is_open = True
        return True

    def _send_away(self):
        """Somebody typed http://: the same page over https://."""
        head = self.socket.recv(8192).decode("latin-1")
        lines = head.split("\r\n")
        words = lines[0].split(" ")
        hosts = [line[5:].strip() for line in lines[1:] if line.lower().startswith("host:")]
        plain = len(words) == 3 and words[1].startswith("/") and len(hosts) == 1 and hosts[0] and not set(hosts[0]) & set("/\\@ ?#\"<>")
        with suppress(OSError):
            self.socket.send(MOVED.format(host=hosts[0], path=words[1]).encode("latin-1") if plain else UNREADABLE)
        self.handle_close()
