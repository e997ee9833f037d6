import http.client
import http.server
import threading
from collections import Counter
from contextlib import closing
from time import sleep

import pytest

from bench import page_shell
from bench.clients import OURS, REFERENCE, Clients


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = Counter()

    def do_GET(self):
        self.asked[self.path] += 1
        status = 404 if self.path == "/missing/" else 200
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *words):
        pass


@pytest.fixture
def site():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with closing(http.client.HTTPConnection("127.0.0.1", server.server_address[1])) as connection:
            yield connection
        server.shutdown()


def test_browsers_ask_for_the_pages_in_turn(site):
    acts = page_shell.asking(site, "sessionid=1", ["/a/", "/b/"])

    for act in (OURS, OURS, OURS, REFERENCE):
        acts[act]()

    assert Pages.asked == {"/a/": 2, "/b/": 1, page_shell.PLAIN: 1}


def test_a_page_that_fails_is_not_counted(site):
    acts = page_shell.asking(site, "sessionid=1", ["/missing/"])

    with pytest.raises(RuntimeError, match="/missing/ answered 404"):
        acts[OURS]()


def naps(milliseconds):
    return {OURS: lambda: sleep(milliseconds / 1000), REFERENCE: lambda: sleep(milliseconds / 2000)}


def test_clients_act_at_the_same_time():
    with Clients(f"{__name__}:naps", [{"milliseconds": 20}] * 2) as clients:
        ours, reference = clients.compare(rounds=1, seconds=0.2)

    assert 20 < ours <= 100 < reference * 2
    assert reference <= 200
