"""A line between a client and a server on loopback that counts what it carries and can be cut."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Relay:
    """Listens at `port` and passes everything on to `target`, both ways; counts bytes, beginnings of packets not."""

    target: int
    cut_after: int | None = None  # bytes sent on one line, after which it is cut
    cut_line: int = 0  # which line that is, counted from 1; 0: any
    sent: int = 0
    received: int = 0
    lines: int = 0
    cut: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def serve(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            self.lines += 1
            number = self.lines
            upstream = socket.create_connection(("127.0.0.1", self.target))
            for words in ((client, upstream, number, True), (upstream, client, number, False)):
                threading.Thread(target=self._carry, args=words, daemon=True).start()

    def is_to_be_cut(self, number: int, carried: int) -> bool:
        return self.cut_after is not None and self.cut_line in (0, number) and carried > self.cut_after

    def _carry(self, source: socket.socket, target: socket.socket, number: int, sending: bool) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                carried += len(data)
                with self._lock:
                    self.sent += len(data) if sending else 0
                    self.received += 0 if sending else len(data)
                if sending and self.is_to_be_cut(number, carried):
                    self.cut = True
                    break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def relay(target: int, cut_after: int | None = None, cut_line: int = 0) -> Iterator[tuple[Relay, int]]:
    """A relay to the port `target`, and the port it listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = Relay(target, cut_after, cut_line)
        threading.Thread(target=line.serve, args=(server,), daemon=True).start()
        yield line, server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
