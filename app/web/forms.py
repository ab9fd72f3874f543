"""What every form here shares: Indonesian messages, answers for a verb, and a way to show its refusal."""
from flask_wtf import FlaskForm

from app.web.messages import Indonesian


class Form(FlaskForm):
    """A form that can hand its answers to a verb and take a refusal back; what was typed stays on the page."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form):
            return Indonesian()

    def answers(self) -> dict:
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def refuse(self, reason: Exception) -> None:
        self.form_errors.append(str(reason))
