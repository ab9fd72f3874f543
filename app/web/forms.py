"""What every form here shares: Indonesian messages, answers for a verb, and a way to show its refusal."""
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.rules import Refused
from app.web import stamps, unsaved
from app.web.gate import look_again
from app.web.messages import Indonesian


class Token(FlaskForm.Meta.csrf_class):
    def generate_csrf_token(self, csrf_token_field):
        return stamps.form_token()


class Form(FlaskForm):
    """A form that can hand its answers to a verb and take a refusal back; what was typed stays on the page, which is made after the writing
    transaction. `taken` is what it was filled with, as sent or as typed before."""
    taken: MultiDict | None

    class Meta(FlaskForm.Meta):
        csrf_class = Token

        def get_translations(self, form):
            return Indonesian()

        def wrap_formdata(self, form, formdata):
            """What was sent; on a page just opened, what this person typed there and did not save. `formdata=None` asks for neither."""
            sent = super().wrap_formdata(form, formdata)
            form.taken = unsaved.typed_into(form) if formdata is _Auto and sent is None else sent
            return form.taken

    def answers(self) -> dict:
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def validate(self, extra_validators=None) -> bool:
        fine = super().validate(extra_validators)
        fine = self.agrees() and fine
        if not fine:
            look_again()
        return fine

    def agrees(self) -> bool:
        """What no field can say alone; the fault is said at a field."""
        return True

    def refuse(self, reason: Exception) -> None:
        look_again()
        self.form_errors.append(str(reason))


class Seen(Form):
    """`seen` is the last change (id of an event) that the page knew of; `overtaken` is said when there is a later one."""
    overtaken = "Ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi."
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def must_be_last(self, last: int | None) -> None:
        """A page from before somebody else's change would take that change back without a word."""
        if self.seen.data != last:
            self.seen.raw_data, self.seen.data = None, last
            raise Refused(self.overtaken)
