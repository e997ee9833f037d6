"""Addresses of awards."""

from django.urls import path

from prasan.web.awards.views import certificates, editions, entries, judging, panels, programmes

app_name = "awards"

urlpatterns = [
    path("awards/", programmes.award_list, name="list"),
    path("awards/programmes/new/", programmes.programme_form, name="programme-new"),
    path("awards/programmes/<slug:code>/", programmes.programme_page, name="programme"),
    path("awards/programmes/<slug:code>/rules/new/", programmes.rules_form, name="rules-new"),
    path("awards/programmes/<slug:code>/editions/new/", editions.edition_form, name="edition-new"),
    path("awards/outlook/<int:pk>/", programmes.outlook_page, name="outlook"),
    path("awards/editions/<int:pk>/", editions.edition_page, name="edition"),
    path("awards/editions/<int:pk>/terms/", editions.terms_form, name="terms"),
    path("awards/editions/<int:pk>/steps/<slug:code>/", editions.edition_step, name="edition-step"),
    path("awards/editions/<int:pk>/acts/<slug:code>/", editions.edition_act, name="edition-act"),
    path("awards/editions/<int:pk>/next-round/", editions.next_round, name="next-round"),
    path("awards/editions/<int:pk>/ceremony/", editions.ceremony_form, name="ceremony"),
    path("awards/editions/<int:pk>/scores/", editions.counts_page, name="counts"),
    path("awards/editions/<int:pk>/minutes/", editions.minutes_file, name="minutes"),
    path("awards/editions/<int:pk>/entries/", entries.edition_entries, name="entries"),
    path("awards/editions/<int:pk>/enter/", entries.entry_form, name="enter"),
    path("awards/entries/own/", entries.own_list, name="own"),
    path("awards/entries/<int:pk>/", entries.entry_page, name="entry"),
    path("awards/entries/<int:pk>/change/", entries.change_form, name="entry-change"),
    path("awards/entries/<int:pk>/evidence/<int:number>/", entries.entry_file, name="entry-file"),
    path("awards/entries/<int:pk>/remind/", entries.entry_remind, name="entry-remind"),
    path("awards/entries/<int:pk>/acts/<slug:code>/", entries.entry_act, name="entry-act"),
    path("awards/editions/<int:pk>/panels/", panels.panels_page, name="panels"),
    path("awards/editions/<int:pk>/panels/new/", panels.panel_form, name="panel-new"),
    path("awards/editions/<int:pk>/panels/<int:number>/judges/new/", panels.judge_form, name="judge-new"),
    path("awards/editions/<int:pk>/judges/<int:number>/unseat/", panels.unseat_form, name="unseat"),
    path("awards/editions/<int:pk>/judges/<int:number>/ties/new/", panels.tie_form, name="tie-new"),
    path("awards/editions/<int:pk>/ties/<int:number>/withdraw/", panels.tie_withdraw, name="tie-withdraw"),
    path("awards/editions/<int:pk>/conflicts/look/", panels.look, name="look"),
    path("awards/editions/<int:pk>/assign/", panels.assign, name="assign"),
    path("awards/editions/<int:pk>/assign/one/", panels.assign_form, name="assign-one"),
    path("awards/editions/<int:pk>/timetable/new/", panels.presentation_form, name="presentation-new"),
    path(
        "awards/editions/<int:pk>/timetable/<int:number>/remove/",
        panels.presentation_remove,
        name="presentation-remove",
    ),
    path("awards/check/", certificates.check, name="check"),
    path("awards/entries/<int:pk>/certificate/", certificates.certificate, name="certificate"),
    path("awards/editions/<int:pk>/signers/", certificates.signers_form, name="signers"),
    path("awards/editions/<int:pk>/signers/<int:number>/mend/", certificates.signer_mend, name="signer-mend"),
    path("awards/editions/<int:pk>/certificates/", certificates.certificates_file, name="certificates"),
    path(
        "awards/editions/<int:pk>/certificates/order/",
        certificates.certificates_order,
        name="certificates-order",
    ),
    path(
        "awards/editions/<int:pk>/certificates/<int:number>/cancel/",
        certificates.certificates_cancel,
        name="certificates-cancel",
    ),
    path(
        "awards/editions/<int:pk>/certificates/part/",
        certificates.certificates_part,
        name="certificates-part",
    ),
    path("awards/judging/", judging.judging_list, name="judging"),
    path("awards/judging/seats/<int:pk>/tie/", judging.seat_tie, name="seat-tie"),
    path("awards/sheets/<int:pk>/", judging.sheet_page, name="sheet"),
    path("awards/sheets/<int:pk>/evidence/<int:number>/", judging.sheet_file, name="sheet-file"),
    path("awards/sheets/<int:pk>/tie/", judging.sheet_tie, name="sheet-tie"),
    path("awards/sheets/<int:pk>/acts/<slug:code>/", judging.sheet_act, name="sheet-act"),
]
