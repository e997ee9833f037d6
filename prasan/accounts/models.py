"""A person who uses Prasan."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    """Makes accounts; there is no superuser, rights come from postings alone."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """An account with a hashed password; without one, nobody can sign in with a password."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. The name is one field: no first and last order is forced on anyone."""

    class Digits(models.TextChoices):
        ARABIC = "arabic", _("Arabic digits (0–9)")
        THAI = "thai", _("Thai digits (๐–๙)")

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[ASCIIUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("th", "ไทย"), ("en", "English")], default="th"
    )
    digits = models.CharField(_("digits"), max_length=6, choices=Digits.choices, default=Digits.ARABIC)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name
