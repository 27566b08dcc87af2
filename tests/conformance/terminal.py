# Runs a program whose standard input is a terminal and types answers: terminal.py '["answer", ...]' PROGRAM WORD...
# Its standard output and error are pipes, so that what goes where can be told; what it writes to the terminal itself
# (hidden questions) is kept apart. Prints one JSON object.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import pty
import select
import signal
import sys
import time

QUIET = 0.25  # seconds without output after a question: then it is being asked
LIMIT = 300.0


def start(program):
    master, slave = pty.openpty()
    pipes = [os.pipe(), os.pipe()]
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(master)
        import fcntl
        import termios

        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for target, source in ((0, slave), (1, pipes[0][1]), (2, pipes[1][1])):
            os.dup2(source, target)
        os.closerange(3, 64)
        os.execvp(program[0], program)
    os.close(slave)
    for _, write in pipes:
        os.close(write)
    return child, master, pipes[0][0], pipes[1][0]


def asks(text):
    return text.rstrip(" ").endswith((":", "?", "]", ">"))


def main(answers, program):
    child, master, out, err = start(program)
    texts = {out: b"", err: b"", master: b""}
    live = {out, err, master}
    began = last = time.monotonic()
    fresh = {fd: b"" for fd in texts}  # since the last answer: the streams may come in any order
    while live & {out, err}:
        now = time.monotonic()
        if now - began > LIMIT:
            os.kill(child, signal.SIGKILL)
        ready = select.select(list(live), [], [], 0.05)[0]
        for fd in ready:
            try:
                part = os.read(fd, 65536)
            except OSError:  # the terminal's other end is gone
                part = b""
            if not part:
                live.discard(fd)
                continue
            texts[fd] += part
            fresh[fd] += part
            last = time.monotonic()
        asked = any(asks(part.decode("utf8", "replace")) for part in fresh.values())
        if not ready and answers and now - last > QUIET and asked:
            fresh = dict.fromkeys(fresh, b"")
            answer = answers.pop(0)
            os.write(master, answer.encode() if answer in ("\x03", "\x04") else answer.encode() + b"\n")
            last = time.monotonic()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(master)
    decoded = [texts[fd].decode("utf8", "replace") for fd in (out, err, master)]
    print(json.dumps({"code": status, "stdout": decoded[0], "stderr": decoded[1], "terminal": decoded[2], "left": len(answers)}))


main(json.loads(sys.argv[1]), sys.argv[2:])
