"""Addresses of a person's letters."""

from django.urls import path

from prasan.web.notices import views

app_name = "notices"
urlpatterns = [
    path("my/letters/", views.letter_list, name="letters"),
    path("my/letters/mail/", views.mail, name="mail"),
    path("my/letters/<int:pk>/", views.letter_page, name="letter"),
]
