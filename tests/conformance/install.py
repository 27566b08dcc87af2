# Puts the packages of a requirements file, pinned by hash, into a virtual environment: install.py FOLDER FILE
# SPDX-License-Identifier: Apache-2.0
import fcntl
import os
import subprocess
import sys


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def main(home, requirements):
    os.makedirs(os.path.dirname(home), exist_ok=True)
    python = os.path.join(home, "bin", "python")
    stamp = os.path.join(home, "installed.txt")
    # The kernel drops this lock with its process: two runs at once install once, and a killed one blocks nobody.
    with open(home + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Without the Python that made it, an environment has a dangling link for its own.
        if os.path.exists(python) and read(stamp) == read(requirements):
            return
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True, stdout=subprocess.DEVNULL)
        pinned = ["--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--require-hashes", "--no-deps"]
        subprocess.run([python, "-m", "pip", "install", *pinned, "-r", requirements], check=True, stdout=subprocess.DEVNULL)
        with open(stamp, "w") as file:
            file.write(read(requirements))


try:
    main(sys.argv[1], sys.argv[2])
except (OSError, subprocess.CalledProcessError) as error:
    sys.exit(str(error))
