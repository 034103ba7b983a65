#!/usr/bin/env python3
"""Makes this corpus anew with a built program: make.py PROGRAM TREE FOLDER.

PROGRAM is keyusher of the version that the corpus is named after, with its own programs beside it, TREE the root of its
sources, FOLDER where the files go. What is written for ever is made once; this says how.
"""

import json, os, pty, re, select, shutil, signal, subprocess, sys, time

PROGRAM, TREE, FOLDER = (os.path.abspath(path) for path in sys.argv[1:4])
HERE = os.path.dirname(os.path.abspath(__file__))
DESK = "/tmp/keyusher-corpus"
HOME = DESK + "/keyusher"
PASSPHRASE = "correct horse battery staple"
KEY = "c0ffee17d3a94b5e8f26017bd9e4a35c"
SECRET = "9b1f7ce04d82a65f30e91c47b8d26fa513ce70a94d5b82f6e10739acd84be25f"
FORMATS = {"markdown": "md", "html": "html", "json": "json", "csv": "csv", "script": "script"}
SECRETS = {
    "GATE_API_KEY": KEY, "GATE_API_SECRET": SECRET, "GATE_TESTNET_API_KEY": "0011223344556677889900aabbccddee",
    "GATE_TESTNET_API_SECRET": SECRET[::-1], "ANY_SECRET": SECRET[:40], "OKX_API_KEY": "d1f0a2b4-5c6d-4e7f-8a9b-0c1d2e3f4a5b",
    "OKX_API_SECRET": SECRET[:32].upper(), "OKX_API_PASSPHRASE": "Otter.41-Gravel", "STORE_WORD": PASSPHRASE,
}


def environment(run, minute):
    return SECRETS | {
        "PATH": DESK + "/bin", "HOME": DESK, "KEYUSHER_HOME": HOME, "TERM": "xterm", "LC_ALL": "C.UTF-8",
        "INPUTRC": "/dev/null", "KEYUSHER_TEST_CLOCK": f"2026-11-23T10:{minute:02}:00.000Z", "KEYUSHER_TEST_ID": run,
        "KEYUSHER_TEST_USER": "ada", "KEYUSHER_TEST_HOST": "office",
    }


def call(arguments, run="0000", minute=0, given="", status=0, before=()):
    """Runs the program without a terminal; its standard output."""
    ran = subprocess.run(
        [*before, PROGRAM, *arguments], input=given.encode(), capture_output=True, cwd=DESK,
        env=environment(run, minute))
    if status is not None and ran.returncode != status:
        sys.exit(f"{arguments}: {ran.returncode}\n{ran.stdout.decode()}\n{ran.stderr.decode()}")
    # As it is: a spreadsheet's lines end in CR LF.
    return ran.stdout.decode()


def walk(arguments, says, run="0000", minute=0, status=0):
    """Runs the program on a terminal: at each question the next thing is said. What is callable is done first."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(DESK)
        os.execve(PROGRAM, [PROGRAM, *arguments], environment(run, minute))
    shown, said, left = b"", 0, list(says)
    deadline = time.time() + 20
    while time.time() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536)
                continue
            except OSError:
                break
        if left and len(shown) > said and plain(shown).endswith(": "):
            said = len(shown)
            while callable(left[0]):
                left.pop(0)()
            say = left.pop(0)
            os.write(terminal, say.encode() if len(say) == 1 and ord(say) < 32 else say.encode() + b"\r")
    if time.time() >= deadline:
        os.kill(process, signal.SIGKILL)
    ending = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if ending != status or left:
        sys.exit(f"{arguments}: {ending}, unsaid {left}\n{plain(shown)}")
    return plain(shown)


def plain(shown):
    return re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|[=>])|\r", "", shown.decode())


def write(name, text):
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w", newline="") as file:
        file.write(text)


def record(run):
    return f"{HOME}/records/{run}.jsonl"


def events(run):
    with open(record(run)) as file:
        return [json.loads(line)["payload"] for line in list(file)[1:]]


def line(run, is_meant):
    """The number of the first line of a record that is meant."""
    return next(number for number, payload in enumerate(events(run), 2) if is_meant(payload))


def replay(run, name, script, minute, status=0):
    write(f"{DESK}/{name}.script", script)
    call(["replay", f"{name}.script", "--performer", "Ada L.", "--reference", "OPS-123"], run, minute, status=status)


def shipped(run, name, minute):
    with open(f"{TREE}/flows/{name}.script") as file:
        replay(run, run, file.read(), minute)


def straight(*changes, store="offline", end="review: finish\nexpect outcome completed\n"):
    """A script through test/key, with some of its answers changed."""
    answers = {
        "label": "bot-1", "rights": "read", "place": "list", "login": "yes", "store": store, "form": "ok",
        "credential.key": "env:GATE_API_KEY", "credential.secret": "env:GATE_API_SECRET", "look": "yes",
    }
    lines = [f"{step}: {answer}" for step, answer in (answers | dict(changes)).items() if answer is not None]
    return "flow test/key\n" + "\n".join(lines) + "\n" + end


def played(powers, address="203.0.113.7"):
    """Plays Gate, with one key; its process, and its address."""
    key = {"exchange": "gate-io", "key": KEY, "secret": SECRET, "powers": powers, "addresses": [address],
           "label": "grid-bot-01", "created": "2026-11-01T00:00:00Z"}
    write(DESK + "/state.json", json.dumps({"keys": [key], "from": "203.0.113.7"}))
    server = subprocess.Popen([os.path.dirname(PROGRAM) + "/keyusher-standin", "--state", DESK + "/state.json"],
                              stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().split()[-1]


# MARK: - The store and the settings


def settings():
    call(["config", "set", "store", "age"])
    call(["config", "set", "openbao.address", "https://vault.example.com:8200"])
    call(["config", "set", "openbao.mount", "kv/team"])
    call(["config", "set", "openbao.namespace", "desk"])
    call(["config", "set", "openbao.token", "file:/run/secrets/a token"])
    with open(HOME + "/config.yaml") as file:
        text = file.read()
    write(HOME + "/config.yaml", "# Ours, since 2026.\n" + text.replace("kv/team", "kv/team  # not the default"))
    call(["config", "set", "openbao.prefix", "keys"])


def store():
    call(["store", "init", "--passphrase", "env:STORE_WORD"])
    opened = ["--passphrase", "env:STORE_WORD", "--yes"]
    references = ["--key", "env:GATE_API_KEY", "--secret", "env:GATE_API_SECRET"]
    call(["key", "adopt", "gate-io/old-bot", "--exchange", "gate-io", *references, *opened])
    call(["key", "adopt", "gate-io/old-bot", "--replace", "--key", "env:GATE_TESTNET_API_KEY",
          "--secret", "env:GATE_TESTNET_API_SECRET", *opened])
    call(["key", "adopt", "okx/bot", "--exchange", "okx", "--key", "env:OKX_API_KEY", "--secret", "env:OKX_API_SECRET",
          "--key-passphrase", "env:OKX_API_PASSPHRASE", *opened])


# MARK: - The runs


def runs():
    """By a person: asides, corrections, a note, what the page has otherwise, a skip, a word for a danger, a key by hand."""
    walk(["run", "test/key", "--performer", "Ada L.", "--owner", "trading desk", "--reference", "OPS-123"], [
        "?", ":why", "wrong", ":back", "spot & bot", "", "withdraw", "no", "read, withdraw", "coins-can-leave",
        ":note seen by Bob", "pays <out> to one address", "moon", "anywhere", ":differs the page says \"API Access\"", "yes",
        "offline", "", KEY, SECRET, "0000", SECRET[-4:], ":skip the page is down until Monday", "3", "read", "list", ""],
        "typed", 4)
    # One thing after the other; the second is corrected and taken up again, the third warned of.
    walk(["run", "test/rounds"], [
        "grid-1", "nobody", "delete", "no", "delete", "yes", "yes",
        "tax-1", "bot", ":back", ":back", "tax-2024", "bot", ":note it reports in March", "keep", "yes",
        "arb-1", "strange", "delete", "yes", "yes", "old-1", "strange", "keep", "no", ""], "rounds", 6)
    call(["run", "test/rounds"], "piped", 8, "tax-1\nbot\nkeep\nyes\narb-1\n:note half way\n", status=4)
    call(["run", "test/key"], "given-up", 20, "bot-9\nread\n:note the desk is closed\n", status=4)
    call(["discard", "given-up", "--reason", "made elsewhere"], "given-up", 21)
    redacted()
    asked()
    operations()
    shipped("money", "any/create-key.money", 40)
    shipped("okx", "okx/revoke-key", 48)
    # Begun for a program, whose needs are proposed; for a key that is on record, of which what is known is recalled.
    call(["run", "gate-io/create-key", "--program", "freqtrade"], "proposed", 50, "\n\n:quit\n", status=75)
    call(["run", "gate-io/rotate-key", "--key", "gate-io/grid-bot-01"], "rotating", 52, "main\n\n:quit\n", status=75)


def redacted():
    """A label that was answered twice, a note and a reason are blanked."""
    walk(["run", "test/key"], [
        "jane-doe-bot", ":back", "jane-doe-bot", "read, withdraw", "coins-can-leave", "for Jane Doe", ":note Jane said so",
        "list", "yes", "offline", "", KEY, SECRET, SECRET[-4:], "yes", ""], "redacted", 35)
    for minute, text in [(37, "jane-doe-bot"), (38, "for Jane Doe"), (39, "Jane said so")]:
        number = line("redacted", lambda payload: payload["event"] in ("answered", "noted") and text in payload.values())
        call(["redact", "redacted", str(number), "--reason", "names a client"], "redacted", minute)


def asked():
    """Keys of which Gate, as it is played here, says what they can do: as planned; more, left with that unsettled."""
    way = ["2", "grid-bot", "", "list", "203.0.113.7", "age", "main", "", "", "app", KEY, SECRET, "1,3", "list", PASSPHRASE]
    server, address = played(["account:read", "spot"])
    walk(["run", "gate-io/create-key", "--base-url", address], [*way, ""], "asked", 22)
    call(["key", "verify", "gate-io/grid-bot-01", "--base-url", address, "--passphrase", "env:STORE_WORD"], "looked", 24)
    server.kill()
    server, address = played(["account:read", "spot", "wallet"])
    walk(["run", "gate-io/create-key", "--base-url", address], [
        *way[:1], "arb-bot", *way[2:8], "arb-bot-01", *way[9:], ":quit"], "wide", 26, status=75)
    call(["key", "verify", "gate-io/grid-bot-01", "--base-url", address, "--passphrase", "env:STORE_WORD"], "wider", 28,
         status=2)
    server.kill()


def operations():
    """What is done to keys outside of a run is on record, too."""
    call(["key", "rename", "okx/bot", "okx/tax-bot"], "renamed", 30)
    call(["key", "forget", "previous/gate-io/old-bot", "--yes"], "forgotten", 31)


# MARK: - What is kept of them


def collect():
    for name in ["records", "exports", "scripts", "shown", "home"]:
        shutil.rmtree(f"{FOLDER}/{name}", ignore_errors=True)
    shutil.copytree(HOME + "/records", FOLDER + "/records", ignore=shutil.ignore_patterns("*.lock"))
    shutil.copytree(HOME + "/age", FOLDER + "/home/age")
    shutil.copy(HOME + "/config.yaml", FOLDER + "/home/config.yaml")
    for name in sorted(os.listdir(HOME + "/records")):
        if not name.endswith(".jsonl"):
            continue
        run = name[:-6]
        with open(record(run)) as file:
            is_run = json.loads(file.readline())["payload"].get("kind") != "operation"
        for format, extension in FORMATS.items() if is_run else ():
            write(f"{FOLDER}/exports/{run}.{extension}", call(["export", run, "--format", format]))
        write(f"{FOLDER}/shown/{run}.show", call(["show", run]))
        write(f"{FOLDER}/shown/{run}.lines", call(["show", run, "--lines"]))
        if run in ["piped", "proposed", "rotating", "wide"]:
            resumed(run)
    for name in sorted(os.listdir(DESK)):
        if name.endswith(".script"):
            write(f"{FOLDER}/scripts/{name}", open(f"{DESK}/{name}").read())
    write(f"{FOLDER}/shown/runs", call(["runs"]))
    write(f"{FOLDER}/shown/audit", call(["audit"]))
    write(f"{FOLDER}/shown/keys", call(["key", "list"]))
    write(f"{FOLDER}/shown/config", call(["config", "list"]).replace(HOME, "HOME"))
    # On a computer that has no records yet: which labels were used there is none of a script's business.
    shutil.rmtree(HOME + "/records")
    write(f"{FOLDER}/shown/replays", "".join(replays()))


def resumed(run):
    """What is asked first where an unfinished run goes on; left at once, and none of it kept."""
    shutil.copytree(HOME, DESK + "/before")
    write(f"{FOLDER}/shown/{run}.resumed", call(["resume", run], run, 59, ":quit\n", status=75).replace(HOME, "HOME"))
    shutil.rmtree(HOME)
    os.rename(DESK + "/before", HOME)


def replays():
    """With which status each script ends, as it was written by hand or exported from a run, without a trace."""
    for folder in ["exports", "scripts"]:
        for name in sorted(os.listdir(f"{FOLDER}/{folder}")):
            if name.endswith(".script"):
                text = open(f"{FOLDER}/{folder}/{name}").read()
                text = text.replace(".key: ask", ".key: env:GATE_API_KEY")
                text = text.replace(".secret: ask", ".secret: env:GATE_API_SECRET").replace(": ask", ": blanked")
                write(f"{DESK}/again.script", text)
                ran = subprocess.run([PROGRAM, "replay", "again.script", "--dry-run"], text=True, capture_output=True,
                                     cwd=DESK, env=environment("0000", 0))
                yield f"{folder}/{name} {ran.returncode}\n"


shutil.rmtree(DESK, ignore_errors=True)
os.makedirs(HOME, mode=0o700)
shutil.copytree(HERE + "/flows", HOME + "/flows")
settings()
store()
runs()
collect()
shutil.rmtree(DESK)
