import pytest

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Posting
from prasan.cli.agencies import open_account
from prasan.cli.main import all_commands
from prasan.config.faults import Fault
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area

pytestmark = pytest.mark.django_db

FIRST = ("moi-1", "เจ้าหน้าที่กระทรวง", "--title", "เจ้าหน้าที่กระทรวง", "--agency", "moi")


def run(*arguments):
    return open_account(all_commands().parser.parse_args(["open-account", *arguments]))


def test_first_account_is_opened_by_the_installation_itself(capsys):
    make_area("TH")

    run(*FIRST, "--agency-name", "กระทรวงมหาดไทย")

    person = User.objects.get(username="moi-1")
    assert person.check_password(capsys.readouterr().out.split()[-1])
    assert Posting.objects.get(person=person).role_id == "ministry_officer"
    assert set(Entry.objects.values_list("actor_id", flat=True)) == {None}


def test_agency_without_a_name_is_not_made_up():
    make_area("TH")

    with pytest.raises(Fault, match="--agency-name"):
        run(*FIRST)

    assert not User.objects.exists()


def test_role_that_does_not_exist_is_told_with_those_that_do():
    make_area("TH")

    with pytest.raises(Fault, match="no role with the code king; please choose one of agency_officer, "):
        run(*FIRST, "--role", "king")


def test_refused_account_leaves_no_agency_behind():
    make_area("TH")

    with pytest.raises(Refused):
        run(*FIRST, "--agency-name", "กระทรวงมหาดไทย", "--title", " ")

    assert not Agency.objects.exists()
    assert not User.objects.exists()


def test_area_that_does_not_exist_is_told():
    with pytest.raises(Fault, match="99"):
        run(*FIRST, "--area", "99")
