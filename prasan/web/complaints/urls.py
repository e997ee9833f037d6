"""Addresses of complaints."""

from django.urls import path

from prasan.web.complaints.views import (
    beside,
    desk,
    listing,
    photographs,
    referrals,
    routing,
    telling,
    tracking,
)

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
    path("complaints/lists/", listing.list_list, name="list-list"),
    path("complaints/lists/new/", listing.list_form, name="list-new"),
    path("complaints/lists/<int:pk>/", listing.list_page, name="list-page"),
    path("complaints/lists/<int:pk>/columns/", listing.columns_form, name="list-columns"),
    path("complaints/lists/<int:pk>/take/", listing.list_take, name="list-take"),
    path("complaints/lists/<int:pk>/discard/", listing.list_discard, name="list-discard"),
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
    path("routing/", routing.book_list, name="book-list"),
    path("routing/new/", routing.book_form, name="book-new"),
    path("routing/<int:pk>/", routing.book_page, name="book"),
    path("routing/<int:pk>/rules/new/", routing.rule_form, name="rule-new"),
    path("routing/<int:pk>/rules/<int:position>/<slug:code>/", routing.rule_act, name="rule-act"),
    path("routing/<int:pk>/steps/<slug:code>/", routing.book_step, name="book-step"),
    path("routing/<int:pk>/acts/<slug:code>/", routing.book_act, name="book-act"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/<int:pk>/", referrals.referral_page, name="referral"),
    path("referrals/<int:pk>/acts/<slug:code>/", referrals.referral_act, name="referral-act"),
]
