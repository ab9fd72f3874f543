"""What a person may ask about their own data: a copy, and to be nameless. Part of User."""
from typing import TYPE_CHECKING

from app.rules import Refused

if TYPE_CHECKING:
    from app.models.people import User


class Personal:

    def take_own_data(self: "User") -> None:
        self.record("data_taken", by=self)

    def anonymise(self: "User", by: "User", typed: str, reason: str, locked_hash: str) -> None:
        """For good: nothing here or in the log says who this was. `typed` is the user name, to be sure; `locked_hash` of a password nobody
        knows. What was done stays done, by "Orang 12"."""
        self.must_have_a_name()
        if self.is_active:
            raise Refused(f"Nonaktifkan dulu akun {self.username}. Hanya akun nonaktif yang dapat disamarkan.")
        if typed.strip() != self.username:
            raise Refused(f"Ketik nama pengguna {self.username} persis seperti itu, sebagai tanda bahwa Anda yakin.")
        if not reason.strip():
            raise Refused("Tulis alasannya, misalnya permintaan pemiliknya.")
        if any(word and word.casefold() in reason.casefold() for word in (self.name, self.username, self.nip)):
            raise Refused("Alasan ini tetap di log untuk seterusnya. Tulis tanpa nama, nama pengguna, dan NIP orangnya.")
        self._become_nameless(locked_hash)
        self.record("person_anonymised", by, reason=reason.strip())

    def must_have_a_name(self: "User") -> None:
        if self.anonymised_at:
            raise Refused("Akun ini sudah disamarkan, jadi tidak dipakai lagi.")
