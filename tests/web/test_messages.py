"""No English in a form: every sentence WTForms and Flask-WTF can say has its Indonesian one."""
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import flask_wtf
import pytest
import wtforms
from babel.messages.pofile import read_po
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, PasswordField, StringField, ValidationError
from wtforms.fields import DateField, DecimalField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange

from app.web.forms import Form
from app.web.messages import SENTENCES, Indonesian

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|\{\w+\}")


def catalogue() -> set[str]:
    """Every msgid of the installed WTForms, from its own template."""
    with (Path(wtforms.__file__).parent / "locale" / "wtforms.pot").open("rb") as file:
        messages = read_po(file)
    return {message.id[0] if isinstance(message.id, tuple) else message.id for message in messages if message.id}


def said_in(package) -> Iterator[str]:
    """Every literal a package hands to gettext or ngettext."""
    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("gettext", "ngettext")
            if named and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


@pytest.mark.parametrize("source", [catalogue, lambda: set(said_in(wtforms)), lambda: set(said_in(flask_wtf))], ids=["pot", "wtforms", "flask_wtf"])
def test_every_sentence_is_covered(source):
    assert source() and source() - set(SENTENCES) == set()


def test_nothing_is_translated_that_nobody_says():
    assert set(SENTENCES) - catalogue() - set(said_in(wtforms)) - set(said_in(flask_wtf)) == set()


@pytest.mark.parametrize("msgid", SENTENCES)
def test_a_translation_keeps_the_placeholders_and_is_another_sentence(msgid):
    assert SENTENCES[msgid] != msgid
    assert set(PLACEHOLDER.findall(SENTENCES[msgid])) == set(PLACEHOLDER.findall(msgid))


def test_one_and_many_are_said_the_same():
    many = Indonesian().ngettext("Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 5)
    assert many % {"max": 5} == "Isi paling banyak 5 huruf."


class Everything(Form):
    name = StringField("Nama", validators=[InputRequired()])
    code = StringField("Kode", validators=[Length(max=3)])
    year = IntegerField("Tahun", validators=[NumberRange(2020, 2030)])
    weight = DecimalField("Bobot")
    day = DateField("Hari")
    kind = SelectField("Jenis", choices=[SelectChoice("a", "A")])
    kinds = SelectMultipleField("Jenis-jenis", choices=[SelectChoice("a", "A")])
    one = PasswordField("Sandi")
    two = PasswordField("Ulangi", validators=[EqualTo("one")])


def test_a_form_answers_in_indonesian(app):
    with app.test_request_context(method="POST"):
        form = Everything(MultiDict(
            {"name": "", "code": "ABCD", "year": "dua", "weight": "x", "day": "31/12", "kind": "z", "kinds": "z", "one": "a", "two": "b"}))
        assert not form.validate()
    assert {name: words[0] for name, words in form.errors.items()} == {
        "name": "Isian ini wajib diisi.", "code": "Isi paling banyak 3 huruf.", "year": "Isi dengan bilangan bulat, misalnya 12.",
        "weight": "Isi dengan angka, misalnya 12,5.", "day": "Tanggal ini tidak dapat dibaca. Tulis misalnya 2026-06-26.",
        "kind": "Pilih salah satu dari daftar.", "kinds": "“z” tidak ada dalam daftar pilihan.", "two": "Isian ini harus sama dengan one."}


def test_answers_leave_out_the_token_and_a_refusal_stands_above_the_form(app):
    with app.test_request_context(method="POST"):
        form = Everything(MultiDict({"name": "Nama"}))
        form.refuse(ValidationError("Nama itu sudah dipakai."))
    assert "csrf_token" not in form.answers() and form.answers()["name"] == "Nama"
    assert form.form_errors == ["Nama itu sudah dipakai."]
