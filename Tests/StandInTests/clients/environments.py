"""A Python environment for each client, with exactly the packages that are written down."""
import os, pathlib, re, shutil, subprocess, sys

HERE = pathlib.Path(__file__).parent
# Beside .build, which `Tests/Battery/mutants` copies.
ROOT = HERE.parents[2] / ".build-clients"


class NotToBeHad(Exception):
    """A package could not be installed."""


def environment(client):
    """The Python of an environment that has a client; it stays for the next time.

    Raises NotToBeHad, or ValueError where a package came that no version is written down for.
    """
    wanted = [client.package, *client.needs]
    own = {name(pin) for pin in wanted}
    others = [pin for pin in (HERE / "constraints.txt").read_text().split() if name(pin) not in own]
    pins = [*wanted, *others]
    folder = ROOT / client.package
    python, complete, made = folder / "bin" / "python", folder / "complete", "\n".join([sys.version, *pins])
    if complete.exists() and complete.read_text() == made:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(others))
    # Packages that are built on the way are held to the same versions; the second name is that of pip since 25.3.
    held = {**os.environ, "PIP_CONSTRAINT": str(constraints), "PIP_BUILD_CONSTRAINT": str(constraints)}
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    installed = subprocess.run([*pip, "install", "--quiet", *wanted], env=held, capture_output=True, text=True)
    if installed.returncode != 0:
        errors = [line.removeprefix("ERROR: ") for line in installed.stderr.splitlines() if line.startswith("ERROR: ")]
        raise NotToBeHad((errors or installed.stderr.splitlines() or ["pip says nothing"])[-1])
    came = subprocess.run([*pip, "freeze", "--all"], check=True, capture_output=True, text=True).stdout.split("\n")
    written = {(name(pin), version(pin)) for pin in pins}
    if strange := [pin for pin in came if pin and (name(pin), version(pin)) not in written]:
        raise ValueError(f"no version is written down for {', '.join(strange)}")
    complete.write_text(made)
    return python


def name(pin):
    """A package's name, however it is spelled."""
    return re.sub("[-_.]+", "-", pin.partition("==")[0]).lower()


def version(pin):
    return pin.partition("==")[2]
