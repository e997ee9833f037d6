"""Addresses of complaints."""

from django.urls import path

from prasan.web.complaints.views import desk, listing, referrals, telling, tracking

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
    path("complaints/lists/", listing.list_list, name="list-list"),
    path("complaints/lists/new/", listing.list_form, name="list-new"),
    path("complaints/lists/<int:pk>/", listing.list_page, name="list-page"),
    path("complaints/lists/<int:pk>/columns/", listing.columns_form, name="list-columns"),
    path("complaints/lists/<int:pk>/take/", listing.list_take, name="list-take"),
    path("complaints/lists/<int:pk>/discard/", listing.list_discard, name="list-discard"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/<int:pk>/", referrals.referral_page, name="referral"),
    path("referrals/<int:pk>/acts/<slug:code>/", referrals.referral_act, name="referral-act"),
]
