"""One connection; what waitress refuses before the app sees it is said in Indonesian."""
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

WORDS = {
    400: "Permintaan tidak dapat dibaca.",
    413: "Berkas yang dikirim terlalu besar. Kembali, lalu pilih berkas yang lebih kecil.",
    431: "Permintaan terlalu panjang.",
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


class Channel(HTTPChannel):
    error_task_class = Refusal
