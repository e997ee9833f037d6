"""Addresses of people, agencies and committees."""

from django.urls import path

from prasan.web.agencies.views import agencies, committees, holidays, people, postings

app_name = "agencies"

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.open_account_form, name="open-account"),
    path("people/appoint/", postings.appoint_form, name="appoint"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/password/", people.password_confirm, name="renew-password"),
    path("people/<int:pk>/close/", people.close_confirm, name="close-account"),
    path("people/<int:pk>/reopen/", people.reopen_confirm, name="reopen-account"),
    path("postings/<int:pk>/end/", postings.end_form, name="end-posting"),
    path("postings/<int:pk>/delegate/", postings.delegate_form, name="delegate"),
    path("agencies/", agencies.agency_list, name="agency-list"),
    path("agencies/new/", agencies.found_form, name="found-agency"),
    path("agencies/<int:pk>/", agencies.agency_page, name="agency"),
    path("holidays/", holidays.holiday_list, name="holiday-list"),
    path("holidays/add/", holidays.holiday_form, name="holiday-add"),
    path("holidays/<slug:day>/remove/", holidays.holiday_remove, name="holiday-remove"),
    path("committees/", committees.committee_list, name="committee-list"),
    path("committees/new/", committees.found_form, name="found-committee"),
    path("committees/<int:pk>/", committees.committee_page, name="committee"),
    path("committees/<int:pk>/seat/", committees.seat_form, name="seat-member"),
    path("committees/<int:pk>/convene/", committees.convene_form, name="convene"),
    path("seats/<int:pk>/end/", committees.end_seat_form, name="end-seat"),
    path("meetings/<int:pk>/", committees.meeting_page, name="meeting"),
    path("meetings/<int:pk>/attendance/", committees.attendance_form, name="attendance"),
    path("meetings/<int:pk>/minutes/", committees.minutes_form, name="minutes"),
    path("meetings/<int:pk>/resolve/", committees.resolution_form, name="resolve"),
]
