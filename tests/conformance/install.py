# Puts the given packages into a virtual environment: install.py FOLDER NAME==VERSION...
# SPDX-License-Identifier: Apache-2.0
import fcntl
import os
import subprocess
import sys

PROBE = "import sys; from importlib.metadata import version as v; print(*[f'{n}=={v(n)}' for n in sys.argv[1:]])"


def complete(python, packages):
    names = [package.split("==")[0] for package in packages]
    probe = subprocess.run([python, "-c", PROBE, *names], capture_output=True, text=True)
    return probe.returncode == 0 and probe.stdout.split() == packages


def main(home, packages):
    os.makedirs(os.path.dirname(home), exist_ok=True)
    python = os.path.join(home, "bin", "python")
    # The kernel drops this lock with its process: two runs at once install once, and a killed one blocks nobody.
    with open(home + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(python) and complete(python, packages):
            return
        quiet = ["--quiet", "--disable-pip-version-check"]
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", home], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([python, "-m", "pip", "install", *quiet, *packages], check=True, stdout=subprocess.DEVNULL)


try:
    main(sys.argv[1], sys.argv[2:])
except (OSError, subprocess.CalledProcessError) as error:
    sys.exit(str(error))
