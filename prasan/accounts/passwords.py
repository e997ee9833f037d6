"""How passwords are hashed."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2Hasher(Argon2PasswordHasher):
    """Argon2id as OWASP's password storage guide gives it for servers: 19 MiB, two passes, one lane.

    Django's own choice takes 100 MiB for each sign-in, too much for the small machine of a province when a
    call closes and everyone signs in at once.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
