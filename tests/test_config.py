"""Settings: the environment beats the file, and what is wrong is refused with a sentence that names it."""
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app.config import ROOT, SettingError, Settings, table


def load(folder, toml="", **env):
    (folder / "lumbung.toml").write_text(toml)
    return Settings.load({"LUMBUNG_DATA": str(folder)} | {f"LUMBUNG_{name.upper()}": value for name, value in env.items()})


def refusal(folder, toml="", **env):
    with pytest.raises(SettingError) as refused:
        load(folder, toml, **env)
    return str(refused.value)


def test_nothing_need_be_set():
    settings = Settings.load({"PATH": "/usr/bin", "LUMBUNG_CHROMIUM": "/usr/bin/chromium"})

    assert settings == Settings()
    assert (settings.data, settings.host, settings.port, settings.upload_mb) == (ROOT / "instance", "0.0.0.0", 8000, 100)


def test_the_file_beats_the_default_and_the_environment_beats_the_file(tmp_path):
    settings = load(tmp_path, 'region = "Kabupaten Contoh"\nport = 8100\ntraining = true', port="8200", https="true")

    assert (settings.region, settings.port, settings.training, settings.https) == ("Kabupaten Contoh", 8200, True, True)


def test_a_relative_data_folder_lies_in_the_project():
    assert Settings.load({"LUMBUNG_DATA": "instance/latihan"}).data == ROOT / "instance" / "latihan"


def test_hosts_are_a_list_in_the_file_and_parted_by_commas_outside(tmp_path):
    expected = ("lumbung.local", "192.168.1.10")

    assert load(tmp_path, 'trusted_hosts = ["lumbung.local", "192.168.1.10"]').trusted_hosts == expected
    assert load(tmp_path, trusted_hosts="lumbung.local, 192.168.1.10").trusted_hosts == expected


@pytest.mark.parametrize(("env", "sentence"), [
    ({"port": "delapan"}, "Pengaturan port dari LUMBUNG_PORT harus bilangan bulat 1 sampai 65535, bukan 'delapan'."),
    ({"port": "65536"}, "Pengaturan port dari LUMBUNG_PORT harus bilangan bulat 1 sampai 65535, bukan '65536'."),
    ({"training": "ya"}, "Pengaturan training dari LUMBUNG_TRAINING harus true atau false, bukan 'ya'."),
    ({"office": " "}, "Pengaturan office dari LUMBUNG_OFFICE harus teks 1 sampai 100 huruf, bukan ' '."),
    ({"number_prefix": "lr"}, "Pengaturan number_prefix dari LUMBUNG_NUMBER_PREFIX harus 1 sampai 10 huruf besar atau angka, bukan 'lr'."),
    ({"letter_number": "400/{tahun}"}, "Pengaturan letter_number dari LUMBUNG_LETTER_NUMBER harus teks pendek yang memuat {nomor} dan {tahun}, "
     "boleh {bulan}, bukan '400/{tahun}'."),
    ({"letter_number": "{nomor}/{tahun}/{x}"}, "Pengaturan letter_number dari LUMBUNG_LETTER_NUMBER harus teks pendek yang memuat {nomor} dan "
     "{tahun}, boleh {bulan}, bukan '{nomor}/{tahun}/{x}'."),
    ({"prot": "1"}, "Pengaturan prot dari LUMBUNG_PROT tidak dikenal. Mungkin maksudnya port?"),
    ({"xyz": "1"}, "Pengaturan xyz dari LUMBUNG_XYZ tidak dikenal."),
    ({"data": ""}, "Pengaturan data dari LUMBUNG_DATA harus folder, bukan ''."),
])
def test_a_wrong_environment_is_refused(tmp_path, env, sentence):
    assert refusal(tmp_path, **env) == sentence


@pytest.mark.parametrize(("toml", "sentence"), [
    ("port = true", "Pengaturan port dari {file} harus bilangan bulat 1 sampai 65535, bukan True."),
    ("upload_mb = 1.5", "Pengaturan upload_mb dari {file} harus bilangan bulat 1 sampai 1024, bukan 1.5."),
    ("region = 7", "Pengaturan region dari {file} harus teks 1 sampai 100 huruf, bukan 7."),
    ("trusted_hosts = 5", "Pengaturan trusted_hosts dari {file} harus nama atau alamat, dipisah koma, bukan 5."),
    ("kuota = 5", "Pengaturan kuota dari {file} tidak dikenal."),
    ('data = "/tmp"', "Pengaturan data tidak boleh di {file}; pakai LUMBUNG_DATA atau --data."),
    ("port = 8000\nport 9000", "Berkas pengaturan {file} tidak dapat dibaca: salah tulis di baris 2."),
])
def test_a_wrong_file_is_refused(tmp_path, toml, sentence):
    assert refusal(tmp_path, toml) == sentence.format(file=tmp_path / "lumbung.toml")


def test_every_timezone_offered_is_one_python_knows(tmp_path):
    from zoneinfo import ZoneInfo

    words = next(f.metadata["kind"].says for f in fields(Settings) if f.name == "timezone")
    for zone in words.removeprefix("salah satu dari ").split(", "):
        assert ZoneInfo(load(tmp_path, timezone=zone).timezone).key == zone


def test_a_data_folder_that_cannot_be_made_is_a_sentence():
    with pytest.raises(SettingError) as refused:
        Settings.load({"LUMBUNG_DATA": "/dev/null/x"}).open_data()

    assert str(refused.value) == ("Folder data /dev/null/x tidak dapat ditulisi: periksa nama dan izinnya, "
                                  "atau pilih folder lain dengan --data.")


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path):
    settings = load(tmp_path)
    first = settings.secret()

    assert re.fullmatch("[0-9a-f]{64}", first)
    assert (settings.secret(), [p.name for p in tmp_path.glob("secret*")]) == (first, ["secret"])
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_secret_others_could_read_is_closed(tmp_path):
    settings = load(tmp_path)
    settings.secret()
    (tmp_path / "secret").chmod(0o644)
    settings.secret()

    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_broken_secret_is_refused_not_replaced(tmp_path):
    (tmp_path / "secret").write_text("")

    with pytest.raises(SettingError, match="rusak; hapus berkas itu"):
        load(tmp_path).secret()
    assert (tmp_path / "secret").read_text() == ""


def test_processes_starting_together_agree_on_the_secret(tmp_path):
    load(tmp_path)
    config = Path(sys.modules[Settings.__module__].__file__)
    code = "import runpy, sys; print(runpy.run_path(sys.argv[1])['Settings'].load().secret())"
    racers = [subprocess.Popen([sys.executable, "-c", code, config], env={"LUMBUNG_DATA": str(tmp_path)}, stdout=subprocess.PIPE, text=True)
              for _ in range(6)]

    assert len({racer.communicate(timeout=20)[0] for racer in racers}) == 1


def test_what_flask_is_told(tmp_path):
    settings = load(tmp_path, upload_mb="10", timezone="Asia/Makassar", trusted_hosts="lumbung.local")
    told = settings.flask()

    assert told["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/lumbung.sqlite"
    assert (told["MAX_CONTENT_LENGTH"], told["SECRET_KEY"]) == (32 * 1024 * 1024, settings.secret())
    assert (told["SESSION_COOKIE_NAME"], told["SESSION_COOKIE_SECURE"]) == ("lumbung", False)
    assert (told["BABEL_DEFAULT_TIMEZONE"], told["TRUSTED_HOSTS"], told["LUMBUNG"]) == ("Asia/Makassar", ["lumbung.local"], settings)


@pytest.mark.parametrize("name", ["DATABASE_URL", "LUMBUNG_DATABASE_URL"])
def test_postgresql_is_named_in_the_environment_or_in_the_file(tmp_path, name):
    spelt = "postgresql://lumbung:r4hasia@basisdata.local/lumbung"
    filed = load(tmp_path, f'database_url = "{spelt}"')
    named = Settings.load({"LUMBUNG_DATA": str(tmp_path / "lain"), name: spelt})

    assert filed.database_url == named.database_url == "postgresql+psycopg://lumbung:r4hasia@basisdata.local/lumbung"
    assert filed.flask()["SQLALCHEMY_DATABASE_URI"] == filed.database_url
    assert "r4hasia" not in repr(filed)


@pytest.mark.parametrize("url", ["mysql://u:r4hasia@host/lumbung", "postgresql://u:r4hasia@host", "r4hasia", "sqlite:///r4hasia.db"])
def test_another_database_is_refused_without_repeating_its_password(tmp_path, url):
    assert refusal(tmp_path, database_url=url) == ("Pengaturan database_url dari LUMBUNG_DATABASE_URL harus "
                                                   "`postgresql://nama:sandi@komputer/basisdata`.")


def test_https_makes_the_cookie_secure_and_bound_to_the_host(tmp_path):
    told = load(tmp_path, https="1").flask()

    assert (told["SESSION_COOKIE_NAME"], told["SESSION_COOKIE_SECURE"], told["TRUSTED_HOSTS"]) == ("__Host-lumbung", True, None)


@pytest.mark.parametrize("name", ["data kantor", "data %20", "100% #1", "apa?", "a&b=c;d"])
def test_a_folder_of_any_name_holds_its_own_database(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    engine = create_engine(load(folder).flask()["SQLALCHEMY_DATABASE_URI"])
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE uji (id)")
    engine.dispose()
    assert ((folder / "lumbung.sqlite").stat().st_size > 0, [path.name for path in tmp_path.iterdir()]) == (True, [name])


def test_the_manual_holds_the_same_list():
    assert table() in (ROOT / "docs" / "pengaturan.md").read_text("utf-8")


def test_settings_need_no_flask():
    code = "import runpy, sys; runpy.run_path(sys.argv[1]); print('flask' in sys.modules)"
    config = sys.modules[Settings.__module__].__file__

    assert subprocess.check_output([sys.executable, "-c", code, config], text=True) == "False\n"
