"""`index --what-if`: the worked examples of the guideline to two decimals, and bad input that is named."""
import json

import pytest

from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS

OTHER = next(affair for affair in AFFAIRS if affair not in BASIC_AFFAIRS)


@pytest.fixture
def ask(app, tmp_path):
    """`ask(data)` runs the command on a file of these data; text goes into the file as it is."""
    def run(data):
        file = tmp_path / "bagaimana-jika.json"
        file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return app.test_cli_runner().invoke(args=["index", "--what-if", str(file)])
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
     "innovations[0].nama: tidak dikenal; yang dipakai: maturity, main_affair."),
    ({"spd": 50, "innovations": [], "tahun": 2026}, "Isian “tahun” tidak dikenal; yang dipakai: spd, innovations, instrument."),
    ({"spd": 50, "innovations": [], "instrument": "iid-1999"}, "instrument: “iid-1999” tidak ada. Yang ada: iid-2026, iid-2023."),
    ({"spd": 50, "innovations": [], "instrument": ["iid-2026"]}, "instrument: “['iid-2026']” tidak ada. Yang ada: iid-2026, iid-2023."),
    ([], "harus berisi satu objek JSON dengan “spd” dan “innovations”."),
    ("{", "bukan JSON yang sah"),
])
def test_bad_input_is_named(ask, data, sentence):
    result = ask(data)
    assert result.exit_code == 1 and sentence in result.output, result.output
    assert "Traceback" not in result.output


def test_a_missing_file_is_named(app, tmp_path):
    result = app.test_cli_runner().invoke(args=["index", "--what-if", str(tmp_path / "tidak-ada.json")])
    assert result.exit_code == 1 and "tidak-ada.json tidak dapat dibaca" in result.output


def test_a_file_saved_by_notepad_is_read(ask):
    assert answer(ask('\ufeff{"spd": 50, "innovations": []}'))["total"] == 50


def test_a_file_that_is_no_text_is_named(app, tmp_path):
    (tmp_path / "gambar.json").write_bytes(b"\xff\xd8\xff\xe0")
    result = app.test_cli_runner().invoke(args=["index", "--what-if", str(tmp_path / "gambar.json")])
    assert result.exit_code == 1 and "gambar.json bukan JSON yang sah" in result.output
