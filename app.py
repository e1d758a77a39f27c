"""Trợ lý Kế hoạch: settings → library → assistant → page → launch."""

from __future__ import annotations

import argparse
import logging
import signal
import socket
import threading
from pathlib import Path

from assistant.feedback import FILE_NAME
from assistant.ui.temporary import use_private_folder
from ingest.settings import Settings


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="app.py", description="Q&A over Vietnamese plans")
    parser.add_argument("--plans", type=Path, metavar="DIR", help="follow a folder (no samples)")
    parser.add_argument("--host", default="127.0.0.1", help="address (%(default)s); no log-in")
    parser.add_argument("--port", type=int, default=7860, help="port (default: %(default)s)")
    arguments = parser.parse_args(argv)
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)  # its own level: libraries set those of their loggers
    logging.basicConfig(handlers=[terminal], format="%(levelname)s %(name)s: %(message)s")
    host, port, plans = arguments.host, arguments.port, arguments.plans
    if plans and not plans.is_dir():
        reason = "is not a folder" if plans.exists() else "does not exist"
        parser.exit(2, f"app.py: --plans {plans} {reason}\n")
    try:
        socket.create_server((host, port)).close()
    except (OSError, OverflowError) as error:
        parser.exit(2, f"app.py: can't listen on {host} port {port}: {error}\n")
    stopped, settings = threading.Event(), Settings.from_environment()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: stopped.set())
    use_private_folder()
    # Gradio takes seconds to import: only now that the arguments are known to be good.
    from assistant.ui.backend import Backend, open_library
    from assistant.ui.board import BoardTab
    from assistant.ui.chat import ChatTab
    from assistant.ui.library import LibraryTab
    from assistant.ui.page import build_page, serve
    from assistant.ui.study import StudyTab

    backend = Backend(lambda: open_library(settings), plans=[plans] if plans else [])
    chat, board = ChatTab(backend, settings.home / FILE_NAME), BoardTab(backend)
    tabs = chat, board, StudyTab(backend, settings.packs_path), LibraryTab(backend)
    address = serve(page := build_page(backend, tabs), host, port, settings.max_file_bytes)
    print(f"Trợ lý Kế hoạch: {address}  (Ctrl-C to stop)", flush=True)
    backend.start()
    while not stopped.wait(1):  # with a timeout: on Windows a bare wait can't be interrupted
        pass
    page.close(verbose=False)
    backend.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
