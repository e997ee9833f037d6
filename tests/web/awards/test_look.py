"""The pages of awards in a real browser: whole on a telephone and on a desk, free of faults for everybody."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from prasan.awards import actions
from prasan.awards.models import CertificateSet
from prasan.kernel.calendar import today
from prasan.ledger.keys import make_signing_key
from tests.factories.awards import (
    add_entry,
    close_window,
    make_edition,
    make_judging,
    marks_of,
    score_all,
    words,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def _key(settings, tmp_path):
    settings.LEDGER_KEY = tmp_path / "ledger.pem"
    make_signing_key()


@pytest.fixture
def contest():
    told = words()
    rounds = [
        replace(told.rounds[0], name_th="คัดกรอง", is_blind=True, goes_on=2),
        replace(told.rounds[0], name_th="นำเสนอ"),
    ]
    return make_judging(rounds=rounds)


@pytest.fixture
def visit(browser, live_server, settings):
    settings.STATICFILES_DIRS = [settings.STATIC_ROOT]
    contexts = []

    def visited(person, *addresses):
        context = browser.new_context(reduced_motion="reduce")
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        return {
            address: found for address in addresses if (found := faults(page, said, live_server, address))
        }

    yield visited
    for context in contexts:
        context.close()


def faults(page, said, live_server, address):
    answer = page.goto(live_server.url + address)
    found = [] if answer.status == 200 else [str(answer.status)]
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += [
            f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            found.append(f"wider than {width}")
        if folder := os.environ.get("PICTURES"):
            name = address.strip("/").replace("/", "_")
            page.screenshot(path=f"{folder}/{name}_{width}.png", full_page=True)
    return found + said


def test_pages_are_whole_for_organiser_judge_entrant_and_everybody(visit, contest):
    edition, judge = contest.edition, contest.judges[0]

    def at(name, *args):
        return reverse(f"awards:{name}", args=args)

    sheet = judge.sheets.order_by("pk").first()
    found = visit(judge.person, at("judging"), at("sheet", sheet.pk), at("sheet-tie", sheet.pk))
    actions.hand_in(sheet, marks_of(sheet, 5, 5), by=judge.person)
    found |= visit(
        contest.organiser,
        at("edition", edition.pk),
        at("entries", edition.pk),
        at("panels", edition.pk),
        at("panel-new", edition.pk),
        at("judge-new", edition.pk, contest.panel.pk),
        at("sheet", sheet.pk),
        at("edition-new", contest.programme.code),
        at("rules-new", contest.programme.code),
        at("signers", edition.pk),
        at("programme", contest.programme.code),
    )
    score_all(contest)
    actions.begin_next_round(edition, by=contest.organiser)
    actions.assign_judges(edition, by=contest.organiser)
    found |= visit(contest.judges[0].person, at("judging"))
    found |= visit(contest.organiser, at("panels", edition.pk))
    score_all(contest)
    actions.end_scoring(edition, by=contest.organiser)
    found |= visit(contest.organiser, at("counts", edition.pk), at("edition-act", edition.pk, "decide"))
    actions.decide_edition(edition, today(), "ที่ประชุมเห็นชอบ", by=contest.organiser)
    signers = [actions.SignerWords("นายสมชาย ใจดี", "ผู้อำนวยการ")]
    actions.set_signers(edition, signers, by=contest.organiser)
    actions.announce_results(edition, today(), by=contest.organiser)
    entry = contest.entries[0]
    found |= visit(
        contest.owners[0].writer, at("own"), at("entry", entry.pk), at("outlook", entry.innovation_id)
    )
    found |= visit(None, at("list"), at("edition", edition.pk), at("entry", entry.pk))
    actions.order_certificates(edition, winners_only=True, by=contest.organiser)
    CertificateSet.objects.update(done=1)
    found |= visit(contest.organiser, at("edition", edition.pk), at("signer-mend", edition.pk, 1))
    running = make_edition("open")
    actions.extend_window(
        running.edition, today() + timedelta(days=30), by=running.organiser, note="น้ำท่วมหลายจังหวัด"
    )
    found |= visit(
        running.organiser, at("edition", running.edition.pk), at("edition-act", running.edition.pk, "extend")
    )
    add_entry(running)
    returned, waiting = (add_entry(running, state="submitted") for _number in range(2))
    actions.return_entry(returned, today(), by=running.organiser, note="ขอรายงานฉบับเต็ม " * 20)
    actions.remind_of_entry(returned, by=running.organiser)
    found |= visit(running.organiser, at("entry-act", waiting.pk, "return"))
    actions.admit_entry(waiting, by=running.organiser)
    close_window(running)
    actions.begin_screening(running.edition, by=running.organiser)
    found |= visit(
        running.organiser,
        at("entries", running.edition.pk),
        at("entry", returned.pk),
        at("edition-act", running.edition.pk, "judge"),
    )
    found |= visit(running.owners[1].writer, at("entry", returned.pk), reverse("shell:my"))

    assert found == {}
