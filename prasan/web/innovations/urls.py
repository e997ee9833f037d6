"""Addresses of innovations."""

from django.urls import path

from prasan.web.innovations.views import (
    adoption,
    appraising,
    cookbook,
    cooking,
    deliveries,
    gallery,
    innovation,
    orders,
    proof,
    registers,
    writing,
)

app_name = "innovations"

urlpatterns = [
    path("innovations/", gallery.gallery_list, name="gallery"),
    path("innovations/map/", gallery.gallery_map, name="map"),
    path("innovations/own/", writing.own_list, name="own"),
    path("innovations/new/", writing.innovation_form, name="new"),
    path("innovations/registers/", registers.register_list, name="registers"),
    path("innovations/registers/<slug:code>/", registers.register_page, name="register"),
    path("innovations/criteria/", appraising.criteria_list, name="criteria"),
    path("innovations/criteria/new/", appraising.criteria_form, name="criteria-new"),
    path("innovations/cookbooks/", deliveries.received_list, name="received"),
    path("innovations/adoptions/", adoption.adoption_list, name="adoptions"),
    path("innovations/adoptions/<int:pk>/", adoption.adoption_page, name="adoption"),
    path("innovations/adoptions/<int:pk>/acts/<slug:code>/", adoption.adoption_act, name="adoption-act"),
    path("innovations/adoptions/<int:pk>/lessons/", adoption.lessons_form, name="lessons"),
    path("innovations/orders/", orders.order_list, name="orders"),
    path("innovations/orders/<int:pk>/", orders.order_page, name="order"),
    path("innovations/orders/<int:pk>/steps/<slug:code>/", orders.order_step, name="order-step"),
    path("innovations/orders/<int:pk>/acts/<slug:code>/", orders.order_act, name="order-act"),
    path("innovations/<int:pk>/", innovation.innovation_page, name="innovation"),
    path("innovations/<int:pk>/edit/", writing.edit_form, name="edit"),
    path("innovations/<int:pk>/steps/<slug:code>/", innovation.innovation_step, name="step"),
    path("innovations/<int:pk>/acts/<slug:code>/", innovation.innovation_act, name="act"),
    path("innovations/<int:pk>/appraisal/new/", appraising.appraisal_form, name="appraisal-new"),
    path("innovations/<int:pk>/appraisal/", appraising.appraisal_list, name="appraisals"),
    path("innovations/<int:pk>/figures/new/", proof.measure_form, name="measure-new"),
    path("innovations/<int:pk>/figures/<int:number>/", proof.measure_form, name="measure"),
    path("innovations/<int:pk>/figures/<int:number>/remove/", proof.measure_remove, name="measure-remove"),
    path("innovations/<int:pk>/evidence/new/", proof.evidence_form, name="evidence-new"),
    path("innovations/<int:pk>/evidence/<int:number>/", proof.evidence_file, name="evidence-file"),
    path("innovations/<int:pk>/evidence/<int:number>/remove/", proof.evidence_remove, name="evidence-remove"),
    path("innovations/<int:pk>/cookbook/", cookbook.cookbook_page, name="cookbook"),
    path("innovations/<int:pk>/cookbook/begin/", cookbook.cookbook_begin, name="cookbook-begin"),
    path("innovations/<int:pk>/cookbook/paper/<slug:kind>/", cookbook.cookbook_paper, name="cookbook-paper"),
    path("innovations/<int:pk>/cookbook/changes/", cookbook.cookbook_changes, name="cookbook-changes"),
    path("innovations/<int:pk>/cookbook/steps/<slug:code>/", cookbook.cookbook_step, name="cookbook-step"),
    path("innovations/<int:pk>/cookbook/acts/<slug:code>/", cookbook.cookbook_act, name="cookbook-act"),
    path("innovations/<int:pk>/cookbook/write/", cooking.cookbook_write, name="cookbook-write"),
    path(
        "innovations/<int:pk>/cookbook/write/<slug:code>/", cooking.cookbook_section, name="cookbook-section"
    ),
    path("innovations/<int:pk>/cookbook/files/new/", cooking.file_form, name="cookbook-file-new"),
    path("innovations/<int:pk>/cookbook/files/<int:number>/", cookbook.cookbook_file, name="cookbook-file"),
    path(
        "innovations/<int:pk>/cookbook/files/<int:number>/remove/",
        cooking.file_remove,
        name="cookbook-file-remove",
    ),
    path("innovations/<int:pk>/cookbook/send/", deliveries.send_form, name="cookbook-send"),
    path("innovations/<int:pk>/cookbook/deliveries/", deliveries.delivery_list, name="deliveries"),
    path("innovations/<int:pk>/spread/", adoption.spread_page, name="spread"),
    path("innovations/<int:pk>/spread/new/", adoption.adoption_form, name="adoption-new"),
    path("innovations/<int:pk>/orders/new/", orders.order_form, name="order-new"),
]
