"""What must be right before Prasan serves anybody in production."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from prasan.config.faults import Fault

SHORTEST_KEY = 40
REFUSED = 2


class Settings(Protocol):
    """What is asked of Django's settings here."""

    @property
    def IN_PRODUCTION(self) -> bool: ...
    @property
    def SECRET_KEY(self) -> str: ...
    @property
    def DEBUG(self) -> bool: ...
    @property
    def ALLOWED_HOSTS(self) -> Sequence[str]: ...
    @property
    def SECURE_PROXY_SSL_HEADER(self) -> tuple[str, str] | None: ...
    @property
    def ALLAUTH_TRUSTED_PROXY_COUNT(self) -> int: ...


def require_safe_settings(settings: Settings) -> None:
    """Refuse, in one sentence, a production whose settings would leave it open."""
    if not settings.IN_PRODUCTION:
        return
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or "insecure" in key or len(set(key)) < 10:
        raise Fault(
            f"ระบบจริงต้องมี SECRET_KEY ของตนเอง อย่างน้อย {SHORTEST_KEY} ตัวอักษรที่สุ่มมา กรุณาตั้งค่า แล้วเริ่มใหม่",
            f"Production needs a SECRET_KEY of its own, at least {SHORTEST_KEY} random characters; please "
            "set it and start again.",
            exit_code=REFUSED,
        )
    if settings.DEBUG:
        raise Fault(
            "ระบบจริงเปิด DEBUG ไม่ได้ กรุณาเอา DEBUG ออก แล้วเริ่มใหม่",
            "Production does not run with DEBUG on; please remove DEBUG and start again.",
            exit_code=REFUSED,
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        raise Fault(
            "ระบบจริงต้องระบุชื่อเครื่องใน ALLOWED_HOSTS (ใช้ * ไม่ได้) กรุณาตั้งค่า แล้วเริ่มใหม่",
            "Production needs the names of its hosts in ALLOWED_HOSTS (not *); please set it, "
            "then start again.",
            exit_code=REFUSED,
        )
    if settings.SECURE_PROXY_SSL_HEADER and settings.ALLAUTH_TRUSTED_PROXY_COUNT < 1:
        raise Fault(
            "ระบบจริงที่อยู่หลังพร็อกซี (BEHIND_TLS_PROXY) ต้องตั้ง TRUSTED_PROXIES อย่างน้อย 1 มิฉะนั้นทุกคนจะนับเป็นผู้ใช้คนเดียว "
            "กรุณาตั้งค่า แล้วเริ่มใหม่",
            "Production behind a proxy (BEHIND_TLS_PROXY) needs TRUSTED_PROXIES of at least 1, or all people "
            "count as one visitor; please set it and start again.",
            exit_code=REFUSED,
        )


def require_no_demonstration(settings: Settings) -> None:
    """Refuse, in one sentence, a production whose database knows people of the demonstration."""
    if not settings.IN_PRODUCTION:
        return
    from django.contrib.auth import get_user_model  # only now is Django set up

    if get_user_model()._default_manager.filter(is_demonstration=True).exists():
        raise Fault(
            "ฐานข้อมูลนี้มีบัญชีสาธิตอยู่ จึงใช้เป็นระบบจริงไม่ได้ กรุณาใช้ฐานข้อมูลใหม่",
            "This database holds demonstration logins and cannot serve production; please use a new one.",
            exit_code=REFUSED,
        )
