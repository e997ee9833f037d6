"""A person who uses Prasan."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.kernel.search_key_field import SearchKeyField
from prasan.kernel.sort_key_field import SortKeyField


class Users(BaseUserManager["User"]):
    """Makes accounts; there is no superuser, rights come from postings alone."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """An account with a hashed password; without one, nobody can sign in with a password."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of that user name, however it was typed; User.DoesNotExist if there is none."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account. The name is one field: no first and last order is forced on anyone."""

    class Digits(models.TextChoices):
        ARABIC = "arabic", _("Arabic digits (0–9)")
        THAI = "thai", _("Thai digits (๐–๙)")

    belonging: ClassVar[Belonging] = Belonging(owner=("id",))

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[ASCIIUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=200)
    sort_key = SortKeyField(source="name")
    search_key = SearchKeyField(sources=("name", "username"))
    email = models.EmailField(_("e-mail"), blank=True)
    identity_digest = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=[("th", "ไทย"), ("en", "English")], default="th"
    )
    digits = models.CharField(_("digits"), max_length=6, choices=Digits.choices, default=Digits.ARABIC)
    is_active = models.BooleanField(_("may sign in"), default=True)
    temporary_until = models.DateTimeField(null=True, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["sort_key"], name="accounts_user_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower(F("username"))), name="accounts_user_name_in_small_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_temporary_password(self) -> bool:
        """Whether someone else made the password, and its owner has not chosen his own yet."""
        return self.temporary_until is not None

    @property
    def has_expired_password(self) -> bool:
        """Whether the password was a temporary one and its days are over."""
        return self.temporary_until is not None and self.temporary_until <= timezone.now()

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """User names are kept in small letters, so that two of them never differ in case alone."""
        return super().normalize_username(username).lower()
