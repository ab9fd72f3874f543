#!/usr/bin/env python3
"""The launcher: makes .venv, installs the libraries once, then serves, tests or hands on to `app.cli`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  so an older Python must be able to read this file
    sys.exit("Lumbung Inovasi memerlukan Python 3.11 atau yang lebih baru; "
             f"yang menjalankan ini Python {sys.version_info[0]}.{sys.version_info[1]}.")

import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WHEELS = ROOT / "wheels"
UNFINISHED = VENV / "belum-selesai"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
POSTGRESQL = "requirements-postgresql.txt"  # the runtime and the driver, for who sets database_url
WHERE = ("LUMBUNG_DATABASE_URL", "DATABASE_URL")
TEST_SERVER, TEST_WHOLE = "LUMBUNG_TEST_DATABASE_URL", "LUMBUNG_TEST_WHOLE"
NOTHING_CHOSEN = 5  # of pytest
TO_PREPARE = 4  # of `app.server --check`
HELP = """\
Lumbung Inovasi

  python3 lumbung.py serve                 jalankan aplikasi di port 8000
  python3 lumbung.py serve --demo          jalankan tempat latihan berisi data contoh
  python3 lumbung.py test                  uji aplikasi ini
  python3 lumbung.py perintah              daftar perintah pengelolaan
  python3 lumbung.py PERINTAH ...          jalankan perintah pengelolaan

Pilihan serve:
  --demo            tempat latihan; terpisah dari data kantor, hanya untuk komputer ini
  --scale KALI      perbanyak data contoh di tempat latihan, misalnya 10 kali
  --host ALAMAT     alamat yang didengarkan, misalnya 0.0.0.0 untuk semua jaringan
  --port NOMOR      nomor port, misalnya 8080
  --data FOLDER     folder data (biasanya instance, atau instance/latihan dengan --demo)

--data dan --demo boleh juga ditulis sebelum PERINTAH lain, agar perintah itu memakai data tersebut."""
VALUED = {"--data": "FOLDER", "--host": "ALAMAT", "--port": "NOMOR", "--scale": "KALI"}
WINDOWS_BROWSERS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")


class Refused(Exception):
    """A sentence for the person at the keyboard."""


def main(words):
    command, given, rest = read(words)
    if command == "help":
        return print(HELP)
    if command == "serve":
        return serve(given)
    misplaced = set(given) - ({"--data", "--demo"} if command != "test" else set())
    if misplaced:
        raise Refused(f"{misplaced.pop()} hanya untuk serve; lihat python3 lumbung.py --help.")
    if command == "test":
        return test(rest)
    late = {word.partition("=")[0] for word in rest} & {"--data", *(["--demo"] if command != "siapkan" else [])}
    if late:
        name = late.pop()
        raise Refused(f"{name} ditulis sebelum perintahnya: python3 lumbung.py {name}{' FOLDER' * (name in VALUED)} {command}")
    env = environment(given)
    install(runtime(env))
    return become(own("--help") if command == "perintah" else own(command, *rest), env)


def read(words):
    """(command, options of ours, words of the command's own); only `serve` has none of its own."""
    words, command, given = list(words), None, {}
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word in ("--help", "-h", "help", "bantuan"):
            return "help", {}, []
        if word == "--demo":
            given[word] = True
        elif name in VALUED:
            if not equals and not words:
                raise Refused(f"{name} memerlukan nilai: {name} {VALUED[name]}.")
            given[name] = value if equals else words.pop(0)
        elif word.startswith("-") or command:
            raise Refused(f"Pilihan {word} tidak dikenal; lihat python3 lumbung.py --help.")
        elif word == "serve":
            command = word
        else:
            return word, given, words
    return command or "help", given, []


def serve(given):
    demo = ["--demo"] if "--demo" in given else []
    if "--scale" in given:
        if not demo or given["--scale"] not in map(str, range(1, 101)):
            raise Refused("--scale memerlukan --demo dan bilangan bulat 1 sampai 100, misalnya --scale 10.")
        demo += ["--scale", given["--scale"]]
    env = environment(given)
    os.chdir(ROOT)
    install(runtime(env))
    code, _ = run(module("app.server", "--check"), env=env)
    if code == TO_PREPARE or (demo and not code):
        code, _ = run(own("siapkan", *demo), env=env)
    if code:
        return code if code > 0 else 1  # the step has said why
    if os.name == "posix":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until the server can end well
    return become(module("app.server"), env)


def test(rest):
    env = {name: value for name, value in environment({}).items() if not name.startswith("LUMBUNG_") and name not in WHERE}
    browser = chromium()
    if browser:
        print(f"Uji di peramban dijalankan dengan {browser}.", flush=True)
        env["LUMBUNG_CHROMIUM"] = browser
    elif os.environ.get("CI", "").lower() in ("true", "1"):
        raise Refused("Chromium tidak ditemukan, padahal di CI uji di peramban wajib; pasang paket chromium.")
    else:
        print("Chromium tidak ditemukan: uji di peramban dilewati.", flush=True)
    os.chdir(ROOT)
    server = os.environ.get(TEST_SERVER)
    install(POSTGRESQL if server else RUNTIME, DEVELOPMENT)
    suite = module("pytest", "-n", str(os.cpu_count() or 2), "--dist", "loadfile", "--no-loadscope-reorder", "-q", *rest)
    if not server:
        return become(suite, env)
    code, _ = run(suite, env=env)
    if code:
        return code if code > 0 else 1
    print("Sekali lagi yang memakai basis data, pada PostgreSQL.", flush=True)
    code, _ = run(suite, env=env | {name: os.environ[name] for name in (TEST_SERVER, TEST_WHOLE) if name in os.environ})
    return 0 if code == NOTHING_CHOSEN else code if code >= 0 else 1


def chromium():
    named = os.environ.get("LUMBUNG_CHROMIUM")
    if named and not shutil.which(named):
        raise Refused(f"LUMBUNG_CHROMIUM menunjuk {named}, yang tidak ada atau tidak dapat dijalankan.")
    found = [shutil.which(name) for name in (named, "chromium", "chromium-browser", "google-chrome") if name]
    for folder in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        if folder in os.environ:
            found += [shutil.which(os.path.join(os.environ[folder], path)) for path in WINDOWS_BROWSERS]
    return next(filter(None, found), None)


def environment(given):
    """For the app: the data folder and address asked for, and nothing that turns on debugging."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("FLASK_")}
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    env["PYTHONUTF8"] = "1"
    env["LUMBUNG_TYPED"] = shlex.join(sys.orig_argv)
    if "--demo" in given:
        # Everyone knows the passwords of the demo: it stays on this computer unless asked.
        env.update(LUMBUNG_DATA=str(ROOT / "instance" / "latihan"), LUMBUNG_TRAINING="1", LUMBUNG_HOST="127.0.0.1")
        for name in WHERE:
            env.pop(name, None)  # never into the office's own database
    if "--data" in given:
        env["LUMBUNG_DATA"] = str(Path(given["--data"]).expanduser().absolute())
    for name in ("--host", "--port"):
        if name in given:
            env["LUMBUNG_" + name[2:].upper()] = given[name]
    return env


def runtime(env):
    """The libraries this data folder needs. What is wrong with its settings, the app says."""
    if any(env.get(name) for name in WHERE):
        return POSTGRESQL
    try:
        with (ROOT / env.get("LUMBUNG_DATA", "instance") / "lumbung.toml").open("rb") as file:
            return POSTGRESQL if tomllib.load(file).get("database_url") else RUNTIME
    except (OSError, ValueError):
        return RUNTIME


def install(*names):
    """Make .venv hold the pinned libraries; neither pip nor the network when it does already."""
    if all(installed(name) for name in names):
        return
    known = [stamp(name).read_text().partition(" ")[0] for name in (RUNTIME, POSTGRESQL, DEVELOPMENT) if stamp(name).is_file()]
    if UNFINISHED.exists() or identity() is None or any(who != identity() for who in known):
        build()
    UNFINISHED.touch()
    print("Memasang pustaka (sekali saja, sekitar satu menit) ...", file=sys.stderr, flush=True)
    for name in names:
        if not installed(name):
            pip(name)
            stamp(name).write_text(state(name))
    UNFINISHED.unlink()


def installed(name):
    return stamp(name).is_file() and stamp(name).read_text() == state(name)


def stamp(name):
    return VENV / (name + ".terpasang")


def state(name):
    return f"{identity()} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}"


def identity():
    """What the Python of .venv is, None when it does not run here or is no virtual environment."""
    ask = ("import sys, sysconfig; print('%d.%d' % sys.version_info[:2], sysconfig.get_platform(), sep='-')\n"
           "sys.exit(sys.prefix == sys.base_prefix or sys.version_info < (3, 11))")
    try:
        return subprocess.check_output([PYTHON, "-I", "-c", ask], stderr=subprocess.DEVNULL, text=True).strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def build():
    try:
        import ensurepip  # noqa: F401  Debian leaves it out without python3-venv
        import venv

        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name == "posix")
    except (ImportError, subprocess.CalledProcessError):
        raise Refused("Python ini belum lengkap: jalankan `sudo apt install python3-venv`, "
                      "lalu ulangi perintah tadi.") from None
    except OSError as error:
        raise Refused(f"Folder {VENV} tidak dapat dibuat: {error}.") from None


def pip(name):
    source = ["--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    if source and name == RUNTIME:
        source.append("--no-index")
    code, errors = run(module("pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
                              "--require-hashes", *source, "-r", str(ROOT / name)), stderr=subprocess.PIPE)
    if code:
        advice = ("Folder wheels tidak lengkap atau berubah; salin ulang folder itu" if "--no-index" in source
                  else "Periksa sambungan internet atau siapkan folder wheels (lihat README.md)")
        raise Refused(f"{errors.strip()}\n\nPustaka gagal dipasang. {advice}, lalu ulangi perintah tadi.")


def module(*words):
    return [str(PYTHON), "-m", *words]


def own(*words):
    return module("app.cli", *words)


def run(command, **options):
    """(exit code, what it wrote to stderr when piped); it ends when we are told to end."""
    group = {"process_group": 0} if os.name == "posix" else {}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, text=True, errors="replace", **group, **options) as process:
        try:
            errors = process.communicate()[1]
        finally:
            if process.poll() is None:
                process.terminate()
    return process.returncode, errors


def become(command, env):
    """The last step. Where it can, this process turns into the command, so that signals reach it."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, env)
    process = subprocess.Popen(command, env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the command was told as well and is ending


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
