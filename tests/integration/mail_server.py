"""As little of a mail server as taking one mail needs."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading


class MailServer:
    """Takes one mail, or as much of one as it is given.

    Args:
        offers: What it says that it can do beside taking mail, such as "STARTTLS", which it then cannot after all.
        tls: Speaks from behind this.
    """

    def __init__(self, offers: str = "", tls: ssl.SSLContext | None = None) -> None:
        self._offers, self._tls = offers, tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with self._socket, contextlib.suppress(OSError):
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 ready\r\n")
                in_data = False
                for raw in lines:
                    line = raw.decode().rstrip("\r\n")
                    self._lines.append(line)
                    if in_data and line != ".":
                        continue
                    in_data = line.upper() == "DATA"
                    connection.sendall(self._answer(line.upper()))
                    if line.upper() == "QUIT":
                        return

    def _answer(self, line: str) -> bytes:
        if line.startswith("EHLO") and self._offers:
            return f"250-here\r\n250 {self._offers}\r\n".encode()
        if line == "STARTTLS":
            return b"454 not now\r\n"
        if line == "QUIT":
            return b"221 bye\r\n"
        return b"354 go on\r\n" if line == "DATA" else b"250 ok\r\n"

    def received(self) -> str:
        self._thread.join(5)
        return "\n".join(self._lines)
