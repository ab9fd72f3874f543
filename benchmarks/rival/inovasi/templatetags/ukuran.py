"""How figures and ages are drawn; the same marks as ours."""
from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.filter
def angka(value):
    if value is None:
        return "–"
    text = number_format(value, use_l10n=True, force_grouping=True)
    return text.rstrip("0").rstrip(",") if "," in text else text


@register.filter
def lama(since):
    days = (timezone.localdate() - timezone.localdate(since)).days
    return f"{days} hari" if days > 0 else "hari ini"


@register.simple_tag
def mini(claimed, evidenced, verified, most):
    widths = [f"{100 * float(value or 0) / float(most):.2f}%" for value in (claimed, evidenced, verified)]
    told = "belum diverifikasi" if verified is None else f"terverifikasi {angka(verified)}"
    return format_html(
        '<svg class="fig mini" height="12" role="img" aria-label="diklaim {}, berbukti {}, {}, dari {}">'
        '<rect class="track" width="100%" height="12" rx="2"/>'
        '<rect class="c" x=".75" y=".75" width="{}" height="10.5" rx="2"/><rect class="e" width="{}" height="12" rx="2"/>'
        '<rect class="v" width="{}" height="12" rx="2"/></svg>', angka(claimed), angka(evidenced), told, angka(most), *widths)


@register.simple_tag
def pips(levels):
    claimed, evidenced, proven = levels
    marks = [("v" if n <= (proven or 0) else "e" if n <= (evidenced or 0) else "c" if n <= (claimed or 0) else "",) for n in (1, 2, 3)]
    told = "belum diverifikasi" if proven is None else f"terbukti {proven}"
    return format_html('<span class="pips" role="img" aria-label="klaim level {}, berbukti {}, {}">{}</span>', claimed or 0, evidenced or 0, told,
                       format_html_join("", '<i class="{}"></i>', marks))


@register.inclusion_tag("inovasi/icon.html")
def icon(name):
    return {"name": name}
