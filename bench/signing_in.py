"""Signing in as one of the people of the demonstration, through the form."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from prasan.cli.run import HOST

FORM = "/accounts/login/"


def demo_login(role: str) -> dict[str, str]:
    """User name and password of somebody with this role."""
    command = [sys.executable, "-m", "prasan.cli.main", "demo-logins", "--json"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return next(login for login in json.loads(said) if login["role"] == role)


def signed_in(port: int, login: dict[str, str]) -> str:
    """The cookies of a browser that has signed in."""
    address = f"http://{HOST}:{port}{FORM}"
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = browser.open(address, timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    if token is None:
        raise RuntimeError("the sign-in page has no form")
    fields = {
        "csrfmiddlewaretoken": token[1],
        "login": login["username"],
        "password": login["password"],
    }
    browser.open(
        urllib.request.Request(address, urlencode(fields).encode(), {"Referer": address}), timeout=60
    )
    if not any(cookie.name == "sessionid" for cookie in jar):
        raise RuntimeError(f"{login['username']} could not sign in")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
