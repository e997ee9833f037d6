"""Addresses of complaints."""

from django.urls import path

from prasan.web.complaints.views import beside, desk, photographs, referrals, telling, tracking

app_name = "complaints"

urlpatterns = [
    path("complaints/new/", telling.complaint_form, name="new"),
    path("complaints/track/", tracking.track, name="track"),
    path("complaints/track/act/<slug:code>/", tracking.sender_act, name="sender-act"),
    path("complaints/", desk.complaint_list, name="list"),
    path("complaints/take-in/", telling.take_in_form, name="take-in"),
    path("complaints/<int:pk>/", desk.complaint_page, name="complaint"),
    path("complaints/<int:pk>/acts/<slug:code>/", desk.complaint_act, name="act"),
    path("complaints/<int:pk>/sender/<slug:field>/", desk.sender_field, name="sender-field"),
    path("complaints/track/photographs/<int:number>/", photographs.followed_photograph, name="followed"),
    path(
        "complaints/track/photographs/<int:number>/small/",
        photographs.followed_thumbnail,
        name="followed-thumbnail",
    ),
    path("complaints/<int:pk>/photographs/<int:number>/", photographs.photograph, name="photograph"),
    path("complaints/<int:pk>/photographs/<int:number>/small/", photographs.thumbnail, name="thumbnail"),
    path("complaints/<int:pk>/letters/<int:number>/", photographs.letter, name="letter"),
    path("complaints/<int:pk>/beside/<slug:code>/", beside.beside_act, name="beside"),
    path("complaints/limits/", beside.limit_list, name="limit-list"),
    path("complaints/limits/set/", beside.limit_form, name="limit-set"),
    path("complaints/texts/", beside.template_list, name="template-list"),
    path("complaints/texts/new/", beside.template_form, name="template-new"),
    path("complaints/texts/<int:pk>/", beside.template_form, name="template"),
    path("complaints/texts/<int:pk>/remove/", beside.template_remove, name="template-remove"),
    path("referrals/<int:pk>/officer/", beside.assign_form, name="assign"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/<int:pk>/", referrals.referral_page, name="referral"),
    path("referrals/<int:pk>/acts/<slug:code>/", referrals.referral_act, name="referral-act"),
]
