"""The worker as a child of the serving process: started again when it dies, gone when the parent is gone."""

import subprocess
import sys
from threading import Event, Thread

import structlog

RESTART_SECONDS = 1.0
STOP_SECONDS = 5.0


class WorkerChild:
    def __init__(self) -> None:
        self._stop = Event()
        self._process = self._start()
        self._watch = Thread(target=self._keep, name="worker-child", daemon=True)
        self._watch.start()

    def _start(self) -> subprocess.Popen[bytes]:
        """The pipe is the leash: when this process ends, however, the child reads its end and stops.

        Ctrl+C is for this process alone.
        """
        command = [sys.executable, "-m", "catalog", "work", "--child"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own program, no input from outside

    def _keep(self) -> None:
        while not self._stop.is_set():
            code = self._process.wait()
            if self._stop.is_set():
                return
            structlog.get_logger().warning("worker ended, starting it again", exit_code=code)
            self._stop.wait(RESTART_SECONDS)
            if not self._stop.is_set():
                self._process = self._start()

    def stop(self) -> None:
        self._stop.set()
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
