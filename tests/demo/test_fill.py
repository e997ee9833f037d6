import json
import stat

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import override_settings

from prasan.accounts.models import User
from prasan.agencies.models import Committee, Posting
from prasan.complaints.models import Complaint, ReplyTemplate, RuleBook
from prasan.demo import logins
from prasan.demo.fill import ensure_demo
from prasan.innovations.models import Adoption, Cookbook, CookbookDelivery, FollowUpOrder, Innovation
from prasan.innovations.queries import earlier_alike, results_for, self_check, waiting_innovations
from prasan.ledger.models import Entry
from prasan.places.actions import ensure_places
from prasan.planning.models import (
    Assessment,
    CallKind,
    CallTerms,
    Need,
    PlanItem,
    Proposal,
    ProposalVersion,
    Review,
    Routing,
)
from prasan.planning.queries import needs_for, proposals_for

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, data_folder):
    """The demonstration, filled once for this module and rolled back after it."""
    with (
        django_db_blocker.unblock(),
        override_settings(PRASAN_DATA=data_folder, FILES_DIR=data_folder / "files", PASSWORD_HASHERS=QUICK),
        transaction.atomic(),
    ):
        ensure_places()
        lines = []
        assert ensure_demo(progress=lines.append) is True
        yield lines
        transaction.set_rollback(True)


def test_demonstration_fills_three_provinces_and_never_twice(filled):
    before = (User.objects.count(), Posting.objects.count(), Entry.objects.count())

    assert ensure_demo(progress=filled.append) is False
    assert (User.objects.count(), Posting.objects.count(), Entry.objects.count()) == before
    assert len(filled) == 3


def test_every_role_has_someone_to_sign_in_as(filled):
    known = logins.known_logins()

    assert {login.role for login in known} == {
        "village_head",
        "kamnan",
        "tambon_secretary",
        "amphoe_secretary",
        "local_officer",
        "agency_officer",
        "complaint_officer",
        "analyst",
        "provincial_head",
        "governor",
        "finance_officer",
        "judge",
        "auditor",
        "province_admin",
        "ministry_officer",
    }
    assert len({login.username for login in known}) == len(known) == User.objects.count()
    assert [login.role for login in logins.guided_tour()][:8] == [
        "village_head",
        "tambon_secretary",
        "amphoe_secretary",
        "agency_officer",
        "complaint_officer",
        "analyst",
        "governor",
        "ministry_officer",
    ]


def test_passwords_work_and_are_kept_for_the_owner_alone(filled, data_folder):
    first = logins.known_logins()[0]
    path = data_folder / "demo_logins.json"

    assert User.objects.get(username=first.username).check_password(first.password) is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8"))[0]["username"] == first.username


def test_people_are_named_by_their_posts(filled):
    for person in User.objects.all():
        titles = set(
            Posting.objects.filter(person=person, acting_for=None).values_list("title_th", flat=True)
        )
        assert titles == {person.name}
        assert person.is_demonstration is True


def test_each_amphoe_of_the_three_provinces_has_its_committee(filled):
    kinds = list(Committee.objects.values_list("kind", flat=True))

    assert kinds.count("amphoe") == 17 + 20 + 26
    assert kinds.count("tambon") == 6
    assert kinds.count("province") == 3


def test_stories_stand_in_many_stages_and_one_is_in_the_plan_of_each_province(filled):
    states = set(Proposal.objects.values_list("state", flat=True))

    assert states >= {
        "draft",
        "submitted",
        "tambon_review",
        "handed_over",
        "forwarded",
        "accepted",
        "included",
        "reserve",
    }
    assert PlanItem.objects.filter(proposal__state="included", version__state="adopted").count() == 3
    assert Need.objects.filter(state="draft").exists()


def test_proposals_are_filled_and_bring_typed_files(filled):
    for proposal in Proposal.objects.exclude(origins__isnull=False).filter(own_by=None):
        empty = [
            name
            for name in (
                *("kind", "main_programme", "programme", "rationale", "objective", "target_words"),
                *("operator", "starts", "ends", "output", "outcome", "budget_asked", "households"),
            )
            if not getattr(proposal, name)
        ]
        years = set(proposal.activities.values_list("budgets__fiscal_year", flat=True))
        assert (empty, len(years), proposal.indicators.count()) == ([], 2, 2)
        assert set(proposal.attachments.values_list("kind", flat=True)) == {
            "photograph",
            "drawing",
            "land_permission",
            "cost_estimate",
        }


def test_demonstration_shows_what_committees_and_agencies_do(filled):
    states = set(Proposal.objects.values_list("state", flat=True))

    assert states >= {"merged", "split", "draft", "tambon_review"}
    assert Entry.objects.filter(kind="planning.proposal.return_to_author").exists()
    assert Proposal.objects.filter(own_by__isnull=False, state="accepted").count() == 3
    assert Review.objects.exists()
    assert ProposalVersion.objects.filter(why="revised").exists()
    assert set(Assessment.objects.values_list("state", flat=True)) == {"written"}
    assert Routing.objects.filter(is_lead=False, state="sent").exists()
    terms = CallTerms.objects.filter(ceiling__gt=0).exclude(note="")
    assert terms.count() == 3
    assert CallKind.objects.exclude(required=[]).exists()


@pytest.mark.parametrize(
    "role", ["village_head", "tambon_secretary", "amphoe_secretary", "governor", "ministry_officer"]
)
def test_each_person_sees_just_what_is_theirs(filled, role):
    login = next(login for login in logins.known_logins() if login.role == role)
    person = User.objects.get(username=login.username)
    path = Posting.objects.select_related("area").get(person=person).area.path

    seen = set(proposals_for(person).values_list("pk", flat=True))
    own = set(
        Proposal.objects.filter(area__path__startswith=path)
        .exclude(state="draft")
        .values_list("pk", flat=True)
    )
    public = set(Proposal.objects.filter(state="included").values_list("pk", flat=True))

    assert own <= seen
    assert all(Proposal.objects.get(pk=pk).area.path.startswith(path) for pk in seen - public)
    assert set(needs_for(person).exclude(area__path__startswith=path)) == set()


def test_every_province_has_rules_that_send_its_complaints_and_texts_that_answer_them(filled):
    assert set(RuleBook.objects.values_list("state", flat=True)) == {"in_force"}
    assert RuleBook.objects.count() == 3
    followed = Entry.objects.filter(kind="complaints.complaint.refer").values_list(
        "after__as_proposed", flat=True
    )
    assert list(followed).count(True) > len(followed) / 2
    assert ReplyTemplate.objects.count() == 9


def test_complaints_stand_in_many_states_and_repeats_follow_their_main(filled):
    by_state = dict(Complaint.objects.values_list("state").annotate(n=Count("pk")))

    assert by_state == {
        "answered": 3,
        "acknowledged": 3,
        "closed": 6,
        "received": 6,
        "referred": 3,
        "repeated": 9,
        "returned": 3,
        "screened": 3,
        "working": 3,
    }


def test_winners_of_2567_have_cookbooks_one_is_taken_up_and_orders_are_given(filled):
    cookbooks = Cookbook.objects.order_by("innovation__entries__number")
    steps = [each.versions.get().content["sections"]["steps"].count("\n") + 1 for each in cookbooks]
    sent = {each.cookbook for each in CookbookDelivery.objects.select_related("cookbook")}
    adopted = dict(Adoption.objects.values_list("agency__area_id", "state"))

    assert [each.state for each in cookbooks] == ["published"] * 4
    assert steps == [5, 5, 5, 5]
    assert sent == {cookbooks[0]}
    assert CookbookDelivery.objects.exclude(opened_at=None).count() == 3
    assert adopted == {"32": "in_use", "45": "piloted", "40": "planned"}
    assert FollowUpOrder.objects.count() == 6
    assert len(set(FollowUpOrder.objects.values_list("agency__code", flat=True))) == 3


def test_one_innovation_is_appraised_and_registered_and_one_waits_for_its_appraisal(filled):
    made_up = Innovation.objects.exclude(created_by=None).order_by("pk")

    told = [
        (each.state, each.appraisals.count(), each.provinces, self_check(each).missing) for each in made_up
    ]

    assert told == [("registered", 1, ["32", "45"], []), ("proposed", 0, ["40"], [])]
    ministry = User.objects.get(username="ministry")
    assert [str(result.total) for result in results_for(ministry, made_up[0])] == ["84"]
    assert [each.pk for each in waiting_innovations(ministry)] == [made_up[1].pk]
    assert [each.innovation for each in earlier_alike(made_up[0]) if each.is_own] == []
