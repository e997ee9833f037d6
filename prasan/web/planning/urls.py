"""Addresses of needs, proposals and plans."""

from django.urls import path

from prasan.web.planning.views import bill, files, keeping, needs, plans, proposals, routings, scoring

app_name = "planning"

urlpatterns = [
    path("needs/", needs.need_list, name="need-list"),
    path("needs/new/", needs.need_form, name="need-new"),
    path("needs/<int:pk>/", needs.need_page, name="need"),
    path("needs/<int:pk>/edit/", needs.need_edit_form, name="need-edit"),
    path("needs/<int:pk>/steps/<slug:code>/", needs.need_step, name="need-step"),
    path("needs/<int:pk>/point/", needs.need_point, name="need-point"),
    path("needs/<int:pk>/photos/", files.need_files_add, name="need-files-add"),
    path("needs/<int:pk>/photos/<int:number>/", files.need_file, name="need-file"),
    path("needs/<int:pk>/photos/<int:number>/small/", files.need_thumbnail, name="need-thumbnail"),
    path("needs/<int:pk>/photos/<int:number>/remove/", files.need_file_remove, name="need-file-remove"),
    path("needs/<int:pk>/photos/<int:number>/release/", files.need_file_release, name="need-file-release"),
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/new/", proposals.propose_form, name="propose"),
    path("proposals/<int:pk>/", proposals.proposal_page, name="proposal"),
    path("proposals/<int:pk>/edit/", proposals.proposal_edit_form, name="proposal-edit"),
    path("proposals/<int:pk>/steps/<slug:code>/", proposals.proposal_step, name="proposal-step"),
    path("proposals/<int:pk>/acts/<slug:code>/", proposals.proposal_act, name="proposal-act"),
    path("proposals/<int:pk>/files/", files.proposal_files_add, name="proposal-files-add"),
    path("proposals/<int:pk>/files/<int:number>/", files.proposal_file, name="proposal-file"),
    path("proposals/<int:pk>/files/<int:number>/small/", files.proposal_thumbnail, name="proposal-thumbnail"),
    path(
        "proposals/<int:pk>/files/<int:number>/remove/",
        files.proposal_file_remove,
        name="proposal-file-remove",
    ),
    path(
        "proposals/<int:pk>/files/<int:number>/release/",
        files.proposal_file_release,
        name="proposal-file-release",
    ),
    path("routings/<int:pk>/", routings.routing_page, name="routing"),
    path("routings/<int:pk>/steps/<slug:code>/", routings.routing_step, name="routing-step"),
    path("routings/<int:pk>/acts/<slug:code>/", routings.routing_act, name="routing-act"),
    path("scoring/", scoring.sheet_list, name="sheet-list"),
    path("scoring/new/", scoring.sheet_form, name="sheet-new"),
    path("scoring/<int:pk>/", scoring.sheet_page, name="sheet"),
    path("scoring/<int:pk>/criteria/", scoring.criteria_form, name="sheet-criteria"),
    path("scoring/<int:pk>/acts/<slug:code>/", scoring.sheet_act, name="sheet-act"),
    path("scoring/<int:pk>/proposals/<int:number>/", scoring.marks_form, name="marks"),
    path("plan/", plans.plan_list, name="plan-list"),
    path("plan/new/", keeping.plan_form, name="plan-new"),
    path("plan/issues/new/", keeping.issue_form, name="issue-new"),
    path("plan/versions/<int:pk>/", plans.version_page, name="version"),
    path("plan/versions/<int:pk>/next/", keeping.next_version, name="version-next"),
    path("plan/versions/<int:pk>/steps/<slug:code>/", plans.version_step, name="version-step"),
    path("plan/versions/<int:pk>/acts/<slug:code>/", plans.version_act, name="version-act"),
    path("plan/items/<int:pk>/", plans.item_page, name="item"),
    path("plan/items/<int:pk>/place/", bill.place_form, name="item-place"),
    path("plan/items/<int:pk>/put-back/", bill.put_back, name="item-put-back"),
    path("plan/lines/", bill.unplaced_list, name="unplaced"),
    path("plan/clusters/", bill.run_list, name="runs"),
    path("plan/clusters/<int:pk>/", bill.run_form, name="run"),
]
