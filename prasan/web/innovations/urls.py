"""Addresses of innovations."""

from django.urls import path

from prasan.web.innovations.views import gallery, innovation, proof, registers, writing

app_name = "innovations"

urlpatterns = [
    path("innovations/", gallery.gallery_list, name="gallery"),
    path("innovations/map/", gallery.gallery_map, name="map"),
    path("innovations/own/", writing.own_list, name="own"),
    path("innovations/new/", writing.innovation_form, name="new"),
    path("innovations/registers/", registers.register_list, name="registers"),
    path("innovations/registers/<slug:code>/", registers.register_page, name="register"),
    path("innovations/<int:pk>/", innovation.innovation_page, name="innovation"),
    path("innovations/<int:pk>/edit/", writing.edit_form, name="edit"),
    path("innovations/<int:pk>/steps/<slug:code>/", innovation.innovation_step, name="step"),
    path("innovations/<int:pk>/acts/<slug:code>/", innovation.innovation_act, name="act"),
    path("innovations/<int:pk>/figures/new/", proof.measure_form, name="measure-new"),
    path("innovations/<int:pk>/figures/<int:number>/", proof.measure_form, name="measure"),
    path("innovations/<int:pk>/figures/<int:number>/remove/", proof.measure_remove, name="measure-remove"),
    path("innovations/<int:pk>/evidence/new/", proof.evidence_form, name="evidence-new"),
    path("innovations/<int:pk>/evidence/<int:number>/", proof.evidence_file, name="evidence-file"),
    path("innovations/<int:pk>/evidence/<int:number>/remove/", proof.evidence_remove, name="evidence-remove"),
]
