"""Addresses of complaints."""

from django.urls import path

from prasan.web.complaints.views import desk, referrals, telling, tracking

app_name = "complaints"

urlpatterns = [
    path("complaints/new/", telling.complaint_form, name="new"),
    path("complaints/track/", tracking.track, name="track"),
    path("complaints/track/act/<slug:code>/", tracking.sender_act, name="sender-act"),
    path("complaints/", desk.complaint_list, name="list"),
    path("complaints/take-in/", telling.take_in_form, name="take-in"),
    path("complaints/<int:pk>/", desk.complaint_page, name="complaint"),
    path("complaints/<int:pk>/steps/<slug:code>/", desk.complaint_step, name="step"),
    path("complaints/<int:pk>/acts/<slug:code>/", desk.complaint_act, name="act"),
    path("complaints/<int:pk>/sender/<slug:field>/", desk.sender_field, name="sender-field"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/<int:pk>/", referrals.referral_page, name="referral"),
    path("referrals/<int:pk>/acts/<slug:code>/", referrals.referral_act, name="referral-act"),
]
