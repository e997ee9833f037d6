"""The key that seals are signed with: a file outside the database, readable by its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from prasan.kernel.sentence import Sentence


class KeyFault(Exception):
    """The key file is missing where it must not be, or holds something else than a key."""

    def __init__(self, path: Path) -> None:
        self.sentence = Sentence(
            f"ไฟล์กุญแจของบัญชีเหตุการณ์ {path} หายไปหรือเสียหาย กรุณานำสำเนาที่สำรองไว้กลับมาวาง",
            f"The key of the ledger, {path}, is missing or damaged; please put back the copy that was kept.",
        )
        super().__init__(self.sentence.en)


def make_signing_key() -> None:
    """Make the key if there is none; of two processes that do so at once, the first wins."""
    path = _path()
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    words = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    own = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()


def signing_key() -> Ed25519PrivateKey:
    """The key of this installation."""
    path = _path()
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        raise KeyFault(path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFault(path)
    _keep_public_key(key)
    return key


def public_key() -> Ed25519PublicKey | None:
    """The key that checks seals, from the file beside the signing key or from that itself; None without."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(_public_path().read_text(encoding="ascii")))
    except FileNotFoundError:
        pass
    except ValueError:
        raise KeyFault(_public_path()) from None
    return signing_key().public_key() if _path().exists() else None


def words_of(key: Ed25519PublicKey) -> str:
    """A public key as 64 hexadecimal digits."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def is_signed(key: Ed25519PublicKey, signature: bytes, words: bytes) -> bool:
    """Whether the owner of the key signed these words."""
    try:
        key.verify(signature, words)
    except InvalidSignature:
        return False
    return True


def _path() -> Path:
    return Path(settings.LEDGER_KEY)


def _public_path() -> Path:
    return _path().with_name(_path().name + ".pub")


def _keep_public_key(key: Ed25519PrivateKey) -> None:
    if not _public_path().exists():
        own = _public_path().with_name(f".{_public_path().name}.{os.getpid()}")
        own.write_text(words_of(key.public_key()), encoding="ascii")
        own.replace(_public_path())
