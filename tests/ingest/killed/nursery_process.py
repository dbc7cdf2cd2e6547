"""A process that has imported everything and opens no database: every job is a fork of it, which costs no imports.

Reads one JSON object a line: {"fork": job, "arguments": {...}, "answer": path} is answered with the process id,
{"wait": process id, "seconds": limit} with how it ended: its exit code, less than zero for the signal that killed it.
"""

import gc
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path

from catalog.ingest.formats import formats
from tests.ingest.killed.deliveries import SOURCES
from tests.ingest.killed.jobs import JOBS

LONGEST_SECONDS = 600
FAILED = 3


def main():
    """Warms up first on a database of its own, which is closed before anything is forked."""
    formats()
    scratch = f"sqlite:///{sys.argv[1]}"
    JOBS["write"](scratch, SOURCES[0], last=3)
    JOBS["recover"](scratch, SOURCES[0], 4, ("send", "release"))
    gc.collect()
    gc.freeze()
    alive = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "fork" in asked:
            answer = _fork(asked)
            alive.add(answer)
        else:
            answer = _wait(asked["wait"], asked["seconds"])
            alive.discard(asked["wait"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for child in alive:
        os.kill(child, signal.SIGKILL)


def _fork(asked):
    child = os.fork()
    if child:
        return child
    try:
        signal.alarm(LONGEST_SECONDS)
        sys.stdin.close()
        os.dup2(2, 1)
        found = JOBS[asked["fork"]](**asked["arguments"])
        Path(asked["answer"]).write_text(json.dumps(found))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a fork never comes back into the loop
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(FAILED)


def _wait(child, seconds):
    end = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)


if __name__ == "__main__":
    main()
