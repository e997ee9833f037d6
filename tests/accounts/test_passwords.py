from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from prasan.accounts.passwords import SmallArgon2Hasher


def test_password_is_hashed_with_the_costs_that_owasp_gives(settings):
    settings.PASSWORD_HASHERS = ["prasan.accounts.passwords.SmallArgon2Hasher"]

    encoded = make_password("คำถาม-ที่ยาวพอ")

    assert "$argon2id$v=19$m=19456,t=2,p=1$" in encoded
    assert check_password("คำถาม-ที่ยาวพอ", encoded) is True
    assert check_password("คำถาม-ที่ยาวพ", encoded) is False


def test_password_hashed_at_other_costs_still_opens_and_is_hashed_anew(settings):
    settings.PASSWORD_HASHERS = ["prasan.accounts.passwords.SmallArgon2Hasher"]
    encoded = Argon2PasswordHasher().encode("old-password", "saltsaltsalt")
    renewed = []

    assert check_password("old-password", encoded, setter=renewed.append) is True
    assert renewed == ["old-password"]
    assert SmallArgon2Hasher().must_update(encoded) is True
