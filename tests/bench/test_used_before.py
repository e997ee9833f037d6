import pytest

from bench import used_before
from tests.factories.agencies import make_area


@pytest.mark.django_db
def test_every_photograph_used_again_is_found():
    make_area("320704")

    figure = used_before.figure_of(300, 12)

    assert figure.name == "used-before"
    assert figure.ours > 0 < figure.reference
    assert figure.remark.startswith("300 photographs, 12 used again, all found")
