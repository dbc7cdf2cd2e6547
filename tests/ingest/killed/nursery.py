"""Starts jobs as processes of their own, and kills them."""

import json
import os
import signal
import subprocess
import sys

from tests.processes import ROOT

SECONDS = 60


class Nursery:
    """One process that forks; see tests.ingest.killed.nursery_process. What its forks say is in `log`.

    `scratch` is an empty SQLite database to warm up with.
    """

    def __init__(self, folder, scratch):
        self.folder = folder
        self.number = 0
        self.log = folder / "nursery.log"
        self.answers = {}
        environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"}
        command = [sys.executable, "-m", "tests.ingest.killed.nursery_process", str(scratch)]
        with self.log.open("w") as log:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log}
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)

    def start(self, job, **arguments):
        """The process id."""
        self.number += 1
        answer = self.folder / f"{self.number}.json"
        child = self._ask({"fork": job, "arguments": arguments, "answer": str(answer)})
        self.answers[child] = answer
        return child

    def wait(self, child, seconds=SECONDS):
        """(exit code, what it gave back)."""
        code = self._ask({"wait": child, "seconds": seconds})
        answer = self.answers.pop(child)
        found = json.loads(answer.read_text()) if code == 0 else None
        answer.unlink(missing_ok=True)
        return code, found

    def run(self, job, **arguments):
        """What a job gives back that is not killed."""
        code, found = self.wait(self.start(job, **arguments))
        assert code == 0, (job, arguments, code, self.log.read_text()[-3_000:])
        return found

    def run_to_death(self, job, **arguments):
        """For a job that kills itself."""
        code, _ = self.wait(self.start(job, **arguments))
        assert code == -signal.SIGKILL, (job, arguments, code, self.log.read_text()[-3_000:])

    def kill(self, child):
        os.kill(child, signal.SIGKILL)
        code, _ = self.wait(child)
        assert code == -signal.SIGKILL, (code, self.log.read_text()[-3_000:])

    def close(self):
        self.process.stdin.close()
        self.process.wait(SECONDS)
        self.process.stdout.close()

    def _ask(self, asked):
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.log.read_text()[-3_000:]
        return json.loads(line)
