"""A person's line to the server in the deadline night: one connection kept open, fast or slow."""
import asyncio
import time
from urllib.parse import urlsplit

CHUNK = 4096


class Broken(Exception):
    """The answer did not come whole."""


class Line:
    """`rate` is how many bytes a second it can send; 0 is as fast as it goes."""

    def __init__(self, address: str, cookies: str, rate: int = 0):
        self.host, _, self.port = urlsplit(address).netloc.partition(":")
        self.cookies, self.rate = cookies, rate
        self.reader: asyncio.StreamReader | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> tuple[int, bytes, float]:
        """Status, body, and the seconds from the last byte sent to the last byte read."""
        if self.reader is None or self.reader.at_eof():
            self.reader, self.writer = await asyncio.open_connection(self.host, int(self.port))
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Cookie: {self.cookies}"]
        if body:
            head += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        await self._send("\r\n".join([*head, "", ""]).encode() + body)
        began = time.monotonic()
        status, answer = await asyncio.wait_for(self._read(), 120)
        return status, answer, time.monotonic() - began

    async def _send(self, message: bytes) -> None:
        if not self.rate:
            self.writer.write(message)
        else:
            for start in range(0, len(message), CHUNK):
                self.writer.write(message[start:start + CHUNK])
                await asyncio.sleep(CHUNK / self.rate)
        await self.writer.drain()

    async def _read(self) -> tuple[int, bytes]:
        assert self.reader is not None
        try:
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            if "chunked" in fields.get("transfer-encoding", ""):
                body = b""
                while size := int(await self.reader.readline(), 16):
                    body += (await self.reader.readexactly(size + 2))[:-2]
                await self.reader.readline()
            else:
                body = await self.reader.readexactly(int(fields.get("content-length", 0)))
        except (asyncio.IncompleteReadError, ConnectionError) as reason:
            self.reader = None
            raise Broken(str(reason)) from None
        if fields.get("connection", "").lower() == "close":
            self.reader = None
        return int(head[0].split()[1]), body

    def close(self) -> None:
        if self.reader is not None:
            self.writer.close()
