"""Starts Rasa, its actions, the gateway and the staff console, restarts what dies, and stops all together."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType

import httpx
from sqlalchemy.orm import Session

from bot.processes.child_process import ChildProcess
from bot.processes.parts import Part, busy_ports, environment_of, parts_of
from bot.processes.stop_request import StopRequest
from bot.secret_file import Secrets
from bot.settings import SECRET_HEADER, Settings, SettingsError
from bot.storage.database import open_database
from bot.storage.staff_side import staff

FIRST_BACKOFF_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 30.0
HEALTHY_SECONDS = 60.0
READY_SECONDS = 180.0
STOP_SECONDS = 6.0
LOOK_SECONDS = 0.2
FIRST_LINK_VALID = timedelta(hours=1)


@dataclass
class Watch:
    """How a part is doing."""

    part: Part
    child: ChildProcess | None = None
    started: float = 0.0
    backoff: float = FIRST_BACKOFF_SECONDS
    start_at: float = 0.0


def first_setup_link(settings: Settings) -> str | None:
    """A link by which the first admin makes an account; None when there is one who can log in."""

    def invite(session: Session) -> str | None:
        if staff.anybody(session):
            return None
        return staff.invite(session, None, datetime.now(UTC), FIRST_LINK_VALID)

    database = open_database(settings)
    try:
        with database.write() as session:
            token = invite(session)
    finally:
        database.close()
    return f"{settings.console_url}/setup/{token}" if token else None


class Supervisor:
    """Keeps the parts running until it is told to stop."""

    def __init__(self, parts: Sequence[Part], settings: Settings, known: Secrets, say: Callable[[str], None]) -> None:
        """Prepare; nothing runs yet.

        Args:
            parts: In the order in which they are started; they are stopped the other way round.
            settings: Where logs go, and what the processes are told.
            known: The secrets between them.
            say: Takes one line of progress.
        """
        self._watches = [Watch(part) for part in parts]
        self._settings = settings
        self._environment = environment_of(settings, known)
        self._say = say
        self._stop = StopRequest()
        # One for all looks, and without certificates, which take longer to load than a look takes: loopback is http.
        self._http = httpx.Client(timeout=2, trust_env=False, verify=False)

    def run(self) -> int:
        """Start all, watch over them, and stop them on SIGINT, SIGTERM or SIGHUP; returns the exit code.

        Raises:
            SettingsError: naming each port that is busy, before anything is started.
        """
        faults = busy_ports([watch.part for watch in self._watches])
        if faults:
            raise SettingsError(faults)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # Under `nohup` the service shall outlive the terminal.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        try:
            if not self._start_all():
                return 0 if self._stop.is_made else 1
            self._say(f"Ready: {self._settings.public_url}")
            if self._settings.console:
                self._say(f"For staff: {self._settings.console_url}")
                link = first_setup_link(self._settings)
                if link:
                    self._say(f"Nobody has an account yet. Open this once, within the hour, to make yours:\n{link}")
            while not self._stop.wait(LOOK_SECONDS):
                for watch in self._watches:
                    self._look_after(watch)
            return 0
        finally:
            self._stop_all()
            self._http.close()

    def _on_signal(self, *_: int | FrameType | None) -> None:
        self._stop.make()

    def _start_all(self) -> bool:
        began = time.monotonic()
        for watch in self._watches:
            self._start(watch)
        for watch in self._watches:
            told = time.monotonic()
            while not self._is_ready(watch.part):
                if self._stop.wait(LOOK_SECONDS):
                    return False
                if watch.child is not None and watch.child.exit_code() is not None:
                    self._say(f"{watch.part.name} ended while starting; {watch.child.log_path} says why:")
                    self._say(watch.child.last_lines())
                    return False
                if time.monotonic() - began > READY_SECONDS:
                    self._say(f"{watch.part.name} did not get ready within {READY_SECONDS:.0f} s; stopping.")
                    return False
                if time.monotonic() - told > 5:
                    told = time.monotonic()
                    self._say(f"{watch.part.name} is not ready yet ({told - began:.0f} s) …")
            self._say(f"{watch.part.name} is ready ({time.monotonic() - began:.1f} s).")
        return True

    def _start(self, watch: Watch) -> None:
        log_path = self._settings.log_dir / f"{watch.part.name.lower().removeprefix('the ').replace(' ', '-')}.log"
        if watch.part.ready_file is not None:
            watch.part.ready_file.unlink(missing_ok=True)
        watch.child = ChildProcess(watch.part.command, self._settings.base_dir, self._environment, log_path)
        watch.started = time.monotonic()

    def _look_after(self, watch: Watch) -> None:
        now = time.monotonic()
        if watch.child is None:
            if now >= watch.start_at:
                self._start_again(watch)
            return
        code = watch.child.exit_code()
        if code is None:
            return
        watch.child.stop(0)
        watch.child = None
        if now - watch.started > HEALTHY_SECONDS:
            watch.backoff = FIRST_BACKOFF_SECONDS
        self._put_off(watch, f"ended (code {code})")

    def _start_again(self, watch: Watch) -> None:
        try:
            self._start(watch)
        except OSError as error:
            # No memory for one more process, no room for its log: the others go on, and it is tried again.
            self._put_off(watch, f"cannot be started ({error.strerror})")

    def _put_off(self, watch: Watch, why: str) -> None:
        self._say(f"{watch.part.name} {why}; starting it again in {watch.backoff:.1f} s.")
        watch.start_at = time.monotonic() + watch.backoff
        watch.backoff = min(watch.backoff * 2, LONGEST_BACKOFF_SECONDS)

    def _is_ready(self, part: Part) -> bool:
        if part.ready_file is not None:
            return part.ready_file.exists()
        headers = {SECRET_HEADER: part.secret} if part.secret else {}
        try:
            return self._http.get(part.ready_url, headers=headers).status_code == 200
        except httpx.HTTPError:
            return False

    def _stop_all(self) -> None:
        # The gateway first, so that nobody is promised an answer that nobody gives.
        for watch in reversed(self._watches):
            if watch.child is not None:
                watch.child.ask_to_stop()
        for watch in reversed(self._watches):
            if watch.child is not None:
                watch.child.stop(STOP_SECONDS)
        self._say("All processes have stopped.")


def supervise(settings: Settings, known: Secrets, model: str | None = None) -> int:
    """Run all processes until told to stop; progress goes to the terminal.

    Raises:
        SettingsError: naming each port that is busy, before anything is started.
    """

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    return Supervisor(parts_of(settings, known, model), settings, known, say).run()
