"""Addresses of letters that came in."""

from django.urls import path

from prasan.web.linkage import views

app_name = "linkage"
urlpatterns = [
    path("complaints/mail/", views.letter_list, name="letters"),
    path("complaints/mail/<int:pk>/", views.letter_page, name="letter"),
    path("complaints/mail/<int:pk>/settle/", views.letter_settle, name="settle"),
]
