"""One connection; what waitress refuses before the app sees it is said in Indonesian."""
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import Error

WORDS = {
    400: "Permintaan tidak dapat dibaca.",
    413: "Berkas yang dikirim terlalu besar. Kembali, lalu pilih berkas yang lebih kecil.",
    431: "Permintaan terlalu panjang.",
    507: "Ruang penyimpanan server penuh, kiriman ini belum tersimpan. Beri tahu admin, lalu kirim lagi.",
}


class Refusal(ErrorTask):
    """What waitress refuses before the app sees it, said in Indonesian."""

    def execute(self):
        error = self.request.error
        body = WORDS.get(error.code, "Terjadi gangguan pada server.").encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [("Content-Type", "text/plain; charset=utf-8")]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class NoRoom(Error):
    code, reason = 507, "Insufficient Storage"


class Channel(HTTPChannel):
    error_task_class = Refusal

    def received(self, data):
        """What is too long for memory is kept on disk while it arrives (worker.py). A disk that takes no more is told; by itself waitress would
        cut the line."""
        try:
            return super().received(data)
        except OSError:
            return self._refuse(NoRoom(""))

    def _refuse(self, error: Error) -> bool:
        with self.requests_lock:
            request, self.request = self.request, None
            request.error, request.completed = error, True
            self.requests.append(request)
            if len(self.requests) == 1:
                self.server.add_task(self)
        return True
