"""Active content of a PDF is named for the reviewer, and does not keep the file out."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from .samples import changed_pdf


def script():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def opens_with_script(document):
    document.Root.OpenAction = script()


def opens_with_script_behind_a_link(document):
    document.Root.OpenAction = document.make_indirect(script())


def opens_at_a_place(document):
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])


def page_acts(document):
    document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


def named_script(document):
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def attachment(document):
    document.attachments["data.txt"] = pikepdf.AttachedFileSpec(document, b"data")


def attachment_on_the_page(document):
    annotate(document, Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9]))


def launch_in_a_chain(document):
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([launch]))
    annotate(document, Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=link))


def film(document):
    annotate(document, Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9]))


def form_field_acts(document):
    field = Dictionary(FT=Name.Tx, T=String("nilai"), AA=Dictionary(K=script()))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def annotate(document, annotation):
    document.pages[0].obj.Annots = Array([document.make_indirect(annotation)])


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda document: None, ()),
        (opens_at_a_place, ()),
        (opens_with_script, ("/JavaScript", "/OpenAction")),
        (opens_with_script_behind_a_link, ("/JavaScript", "/OpenAction")),
        (page_acts, ("/AA",)),
        (named_script, ("/JavaScript",)),
        (attachment, ("/EmbeddedFiles",)),
        (attachment_on_the_page, ("/EmbeddedFiles",)),
        (launch_in_a_chain, ("/Launch",)),
        (film, ("/RichMedia",)),
        (form_field_acts, ("/AA", "/JavaScript")),
    ],
)
def test_active_content_is_named(take, change, names):
    packed = pikepdf.ObjectStreamMode.generate
    stored = take("a.pdf", changed_pdf(change, object_stream_mode=packed))
    assert (stored.pages, stored.active) == (1, names)


def test_a_name_in_disguise_is_still_the_name(take):
    plain = changed_pdf(page_acts, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert take("a.pdf", plain.replace(b"/AA", b"/#41A")).active == ("/AA",)


def test_the_words_in_a_text_are_harmless(take):
    def titled(document):
        document.docinfo["/Title"] = "Panduan /JavaScript dan /Launch"

    assert take("a.pdf", changed_pdf(titled)).active == ()
