"""Demonstration or production, and what follows from it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from environs import Env, ValidationError

DEMO = "demo"
PRODUCTION = "production"


def check(value: str) -> None:
    """Refuse any mode but the two that exist."""
    if value not in (DEMO, PRODUCTION):
        raise ValidationError("PRASAN_MODE must be demo or production")


def secret_key(data_folder: Path, *, in_production: bool) -> str:
    """The key of a demonstration, made once and kept in its data folder; production must bring its own."""
    if in_production:
        return ""
    path = data_folder / "secret_key"
    if not path.exists():
        data_folder.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{os.getpid()}")
        own.write_text(secrets.token_urlsafe(50), encoding="ascii")
        own.chmod(0o600)
        try:
            os.link(own, path)  # of two processes that start at once, the first wins
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_text(encoding="ascii").strip()


def openid_apps(env: Env) -> list[dict[str, object]]:
    """The identity provider named by OPENID_*, as django-allauth wants it; none where it is not set."""
    server = env.str("OPENID_SERVER_URL", "")
    if not server:
        return []
    return [
        {
            "provider_id": env.str("OPENID_PROVIDER_ID", "national"),
            "name": env.str("OPENID_NAME", "Digital ID"),
            "client_id": env.str("OPENID_CLIENT_ID"),
            "secret": env.str("OPENID_CLIENT_SECRET"),
            "settings": {"server_url": server, "fetch_userinfo": True, "oauth_pkce_enabled": True},
        }
    ]
