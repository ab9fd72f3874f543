"""`index --what-if` and `--best`: the worked examples of the guideline to two decimals, what to send, and bad input that is named."""
import json
import random

import pytest

from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS

OTHER = next(affair for affair in AFFAIRS if affair not in BASIC_AFFAIRS)


@pytest.fixture
def ask(app, tmp_path):
    """`ask(data)` runs the command on a file of these data; text goes into the file as it is. `ask(data, "--best")` asks what to send."""
    def run(data, question="--what-if"):
        file = tmp_path / "bagaimana-jika.json"
        file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return app.test_cli_runner().invoke(args=["index", question, str(file)])
    return run


def sent(*groups: tuple[int, float], affairs: int) -> list[dict]:
    """`(16, 85)` are 16 innovations of maturity 85; together they cover so many basic-service affairs."""
    maturities = [maturity for number, maturity in groups for _ in range(number)]
    names = BASIC_AFFAIRS[:affairs] + [OTHER] * (len(maturities) - affairs)
    return [{"maturity": maturity, "main_affair": affair} for maturity, affair in zip(maturities, names, strict=True)]


def answer(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize(("spd", "innovations", "index", "band"), [
    (63, sent((200, 111), affairs=6), 100.00, "Sangat Inovatif"),
    (63, sent((12, 111), affairs=6), 71.42, "Sangat Inovatif"),
    (50, sent((16, 85), affairs=5), 56.43, "Inovatif"),
    (50, sent((16, 85), affairs=4), 54.00, "Inovatif"),
    (50, sent((8, 85), affairs=5), 43.88, "Inovatif"),
    (45, sent((16, 100), (16, 40), affairs=5), 50.86, "Inovatif"),
    (45, sent((16, 100), affairs=5), 60.43, "Inovatif"),
])
def test_worked_examples(ask, spd, innovations, index, band):
    found = answer(ask({"spd": spd, "innovations": innovations}))
    assert (found["index"], found["band"]) == (index, band)


def test_every_figure_behind_the_index_is_told(ask):
    assert answer(ask({"spd": 50, "innovations": sent((16, 85), affairs=5)})) == {
        "total": 141.08, "index": 56.43, "band": "Inovatif", "count_score": 6.08, "divisor": 16, "basic_affairs": 5}


def test_too_few_affairs_count_nothing_and_few_innovations_divide_by_the_least(ask):
    found = answer(ask({"spd": 50, "innovations": sent((8, 85), affairs=4)}))
    assert (found["count_score"], found["divisor"], found["basic_affairs"]) == (0, 12, 4)


def test_nothing_sent_and_nothing_scored_cannot_be_judged(ask):
    assert answer(ask({"spd": 0, "innovations": []})) | {"divisor": 12} == {
        "total": 0, "index": 0, "band": "Tidak Dapat Dinilai", "count_score": 0, "divisor": 12, "basic_affairs": 0}


def test_another_year_has_other_numbers(ask):
    """2023 divided by at least 10, knew no gate and called 35.00 innovative."""
    data = {"spd": 50, "innovations": sent((8, 85), affairs=4)}
    this, then = answer(ask(data)), answer(ask(data | {"instrument": "iid-2023"}))
    assert (this["divisor"], this["count_score"], this["index"], this["band"]) == (12, 0, 42.67, "Inovatif")
    assert (then["divisor"], then["count_score"], then["index"], then["band"]) == (10, 3.04, 48.42, "Inovatif")
    low = {"spd": 35, "innovations": sent((10, 50), affairs=4)}
    assert [answer(ask(low | {"instrument": f"iid-{year}"}))["band"] for year in (2023, 2026)] == ["Inovatif", "Kurang Inovatif"]


def test_fractions_of_points_stay_exact(ask):
    assert answer(ask('{"spd": 33.35, "innovations": [{"maturity": 0.30, "main_affair": "Kesehatan"}]}'))["total"] == 33.375


@pytest.mark.parametrize(("data", "sentence"), [
    ({"spd": 64, "innovations": []}, "spd: harus berupa bilangan 0 sampai 63."),
    ({"spd": -1, "innovations": []}, "spd: harus berupa bilangan 0 sampai 63."),
    ({"spd": "50", "innovations": []}, "spd: harus berupa bilangan 0 sampai 63."),
    ({"spd": True, "innovations": []}, "spd: harus berupa bilangan 0 sampai 63."),
    ({"innovations": []}, "spd: harus berupa bilangan 0 sampai 63."),
    ('{"spd": NaN, "innovations": []}', "spd: harus berupa bilangan 0 sampai 63."),
    ({"spd": 50}, "innovations: harus berupa daftar, boleh kosong."),
    ({"spd": 50, "innovations": {}}, "innovations: harus berupa daftar, boleh kosong."),
    ({"spd": 50, "innovations": [7]}, "innovations[0]: harus berupa objek dengan maturity dan main_affair."),
    ({"spd": 50, "innovations": [{"maturity": 112, "main_affair": "Kesehatan"}]}, "innovations[0].maturity: harus berupa bilangan 0 sampai 111."),
    ({"spd": 50, "innovations": sent((1, 85), affairs=1) + [{"maturity": 85, "main_affair": "Sihir"}]},
     "innovations[1].main_affair: “Sihir” tidak ada dalam daftar urusan."),
    ({"spd": 50, "innovations": [{"maturity": 85, "main_affair": ["Kesehatan"]}]},
     "innovations[0].main_affair: “['Kesehatan']” tidak ada dalam daftar urusan."),
    ({"spd": 50, "innovations": [{"maturity": 85, "main_affair": "Kesehatan", "nama": "X"}]},
     "innovations[0].nama: tidak dikenal; yang dipakai: maturity, main_affair, id, choice."),
    ({"spd": 50, "innovations": [], "tahun": 2026}, "Isian “tahun” tidak dikenal; yang dipakai: spd, innovations, instrument."),
    ({"spd": 50, "innovations": [], "instrument": "iid-1999"}, "instrument: “iid-1999” tidak ada. Yang ada: iid-2026, iid-2023."),
    ({"spd": 50, "innovations": [], "instrument": ["iid-2026"]}, "instrument: “['iid-2026']” tidak ada. Yang ada: iid-2026, iid-2023."),
    ('{"spd": 1e-50, "innovations": []}', "spd: paling banyak 40 angka di belakang koma."),
    ('{"spd": 1e99999999999999999999, "innovations": []}', "bukan JSON yang sah: 1e99999999999999999999 terlalu besar."),
    ([], "harus berisi satu objek JSON dengan “spd” dan “innovations”."),
    ("{", "bukan JSON yang sah"),
    ("[" * 100_000, "bukan JSON yang sah"),
])
def test_bad_input_is_named(ask, data, sentence):
    result = ask(data)
    assert result.exit_code == 1 and sentence in result.output, result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("name", "why"), [("tidak.json", "tidak ada"), (".", "itu sebuah folder"), ("x" * 300, "namanya terlalu panjang")])
def test_a_file_that_cannot_be_read_is_named_and_the_reason_told(app, tmp_path, name, why):
    result = app.test_cli_runner().invoke(args=["index", "--what-if", str(tmp_path / name)])
    assert (result.exit_code, result.output) == (1, f"Error: {tmp_path / name} tidak dapat dibaca ({why}).\n")


def test_a_file_saved_by_notepad_is_read(ask):
    assert answer(ask('\ufeff{"spd": 50, "innovations": []}'))["total"] == 50


def test_a_file_that_is_no_text_is_named(app, tmp_path):
    (tmp_path / "gambar.json").write_bytes(b"\xff\xd8\xff\xe0")
    result = app.test_cli_runner().invoke(args=["index", "--what-if", str(tmp_path / "gambar.json")])
    assert result.exit_code == 1 and "gambar.json bukan JSON yang sah" in result.output


def named(innovations: list[dict], **choices: str) -> list[dict]:
    """With ids `i0`, `i1` … and a hand choice for some of them."""
    return [{"id": f"i{place}", **one} | ({"choice": choices[f"i{place}"]} if f"i{place}" in choices else {})
            for place, one in enumerate(innovations)]


def test_the_weak_sixteen_stay_at_home(ask):
    found = answer(ask({"spd": 45, "innovations": named(sent((16, 100), (16, 40), affairs=5))}, "--best"))
    assert found == {"total": 151.08, "index": 60.43, "band": "Inovatif", "count_score": 6.08, "divisor": 16, "basic_affairs": 5,
                     "send": [f"i{place}" for place in range(16)]}


def test_hand_choices_are_kept(ask):
    data = {"spd": 45, "innovations": named(sent((16, 100), (16, 40), affairs=5), i20="send", i3="hold")}
    found = answer(ask(data, "--best"))
    assert found["send"] == [f"i{place}" for place in (0, 1, 2, *range(4, 16), 20)]
    assert (found["basic_affairs"], found["count_score"]) == (4, 0)


def test_ids_come_back_as_they_were_and_in_the_order_of_the_file(ask):
    innovations = [{"id": id, "maturity": maturity, "main_affair": "Kesehatan"} for id, maturity in ((7, 50), ("7", 90), ("siaga", 100), (2, 60.5))]
    assert answer(ask({"spd": 50, "innovations": innovations}, "--best"))["send"] == [7, "7", "siaga", 2]


def test_one_file_serves_both_questions(ask):
    """What is left out of the list changes the answer of `--best` alone."""
    data = {"spd": 45, "innovations": named(sent((16, 100), (16, 40), affairs=5), i3="hold")}
    assert answer(ask(data))["index"] == 50.86
    strange = [one | {"id": None, "choice": "mungkin"} for one in data["innovations"]]
    assert answer(ask(data | {"innovations": strange}))["index"] == 50.86


def test_another_year_sends_another_set(ask):
    """Ten of them are enough for 2023; in 2026 twelve are divided by anyhow, and the weak two bring more than nothing."""
    data = {"spd": 50, "innovations": named(sent((10, 100), (2, 10), affairs=0))}
    assert len(answer(ask(data, "--best"))["send"]) == 12
    assert len(answer(ask(data | {"instrument": "iid-2023"}, "--best"))["send"]) == 10


def test_two_thousand_are_answered(ask):
    dice = random.Random(2026)
    innovations = [{"id": n, "maturity": dice.randint(0, 11100) / 100, "main_affair": dice.choice(AFFAIRS)} for n in range(2000)]
    found = answer(ask({"spd": 40, "innovations": innovations}, "--best"))
    chosen = {"spd": 40, "innovations": [innovations[n] for n in found.pop("send")]}
    assert answer(ask(chosen)) == found


def test_nothing_to_send_is_an_empty_list(ask):
    assert answer(ask({"spd": 0, "innovations": []}, "--best"))["send"] == []


ONE = {"maturity": 85, "main_affair": "Kesehatan"}


@pytest.mark.parametrize(("innovations", "sentence"), [
    ([ONE], "innovations[0].id: harus berupa teks atau bilangan bulat."),
    ([ONE | {"id": 1}, ONE | {"id": 1.5}], "innovations[1].id: harus berupa teks atau bilangan bulat."),
    ([ONE | {"id": True}], "innovations[0].id: harus berupa teks atau bilangan bulat."),
    ([ONE | {"id": ""}], "innovations[0].id: harus berupa teks atau bilangan bulat."),
    ([ONE | {"id": "a\ud800"}], "innovations[0].id: berisi huruf yang rusak."),
    ([ONE | {"id": ["a"]}], "innovations[0].id: harus berupa teks atau bilangan bulat."),
    ([ONE | {"id": "a"}, ONE | {"id": "b"}, ONE | {"id": "a"}], "innovations[2].id: “a” sudah dipakai innovations[0]."),
    ([ONE | {"id": 1, "choice": "kirim"}], "innovations[0].choice: “kirim” tidak dikenal; yang dipakai: send atau hold."),
    ([ONE | {"id": 1, "choice": ["send"]}], "innovations[0].choice: “['send']” tidak dikenal; yang dipakai: send atau hold."),
    ([ONE | {"id": 1, "maturity": 112}], "innovations[0].maturity: harus berupa bilangan 0 sampai 111."),
    ({}, "innovations: harus berupa daftar, boleh kosong."),
])
def test_what_cannot_be_chosen_from_is_named(ask, innovations, sentence):
    result = ask({"spd": 50, "innovations": innovations}, "--best")
    assert result.exit_code == 1 and sentence in result.output, result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("options", [[], ["--what-if", "a.json", "--best", "a.json"]], ids=["neither", "both"])
def test_one_question_at_a_time(app, options):
    result = app.test_cli_runner().invoke(args=["index", *options])
    assert result.exit_code == 1 and "Pakai salah satu: --what-if BERKAS.json atau --best BERKAS.json." in result.output
