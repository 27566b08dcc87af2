# Runs the reference many times without loading its libraries each time: interpreter.py ARGV0
# A line of JSON on standard input is one run: {"id", "words", "cwd", "env", "files": [stdin, stdout, stderr]}. It is made
# in a fork, by the entry point that the installed program calls; its end is a line {"id", "code"} on standard output.
# SPDX-License-Identifier: Apache-2.0
import gc
import json
import os
import random
import select
import signal
import sys
from importlib.metadata import entry_points

# What the reference depends on by its own metadata. Its own packages are loaded anew in each run, as variables and
# folders of that run may matter to them.
import click  # noqa: F401
import dotenv  # noqa: F401
import eth_account  # noqa: F401
import PIL.Image  # noqa: F401
import requests  # noqa: F401
import web3  # noqa: F401

LIMIT = 300  # seconds for one run; a loaded machine may take long


def receive():
    """Forks for each line; returns the run in the fork, None in the parent when there are no more."""
    running = {}
    rest = b""
    ended = False
    while not ended or running:
        if not ended and select.select([0], [], [], 0.005)[0]:
            part = os.read(0, 65536)
            ended = not part
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                run = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    return run
                running[pid] = run["id"]
        pid, status = os.waitpid(-1, os.WNOHANG) if running else (0, 0)
        if pid:
            code = os.waitstatus_to_exitcode(status)
            os.write(1, (json.dumps({"id": running.pop(pid), "code": code}) + "\n").encode())
    return None


def become(run):
    os.setsid()  # no terminal but a given one
    signal.alarm(LIMIT)
    os.chdir(run["cwd"])
    os.environ.clear()
    os.environ.update(run["env"])
    modes = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    for target, (path, mode) in enumerate(zip(run["files"], modes)):
        source = os.open(path, mode, 0o600)
        os.dup2(source, target)
        os.close(source)
    sys.stdin = sys.__stdin__ = open(0, closefd=False, encoding="utf-8")
    sys.stdout = sys.__stdout__ = open(1, "w", closefd=False, encoding="utf-8")
    sys.stderr = sys.__stderr__ = open(2, "w", buffering=1, closefd=False, encoding="utf-8", errors="backslashreplace")
    random.seed()


argv0 = sys.argv[1]
del sys.path[0]  # this folder
entry = next(point for point in entry_points(group="console_scripts") if point.name == os.path.basename(argv0))
gc.freeze()  # what is loaded is not searched for garbage in each fork: half of a run's time
run = receive()
if run:
    become(run)
    sys.argv = [argv0, *run["words"]]
    sys.exit(entry.load()())
