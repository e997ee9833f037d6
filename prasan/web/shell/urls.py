"""Addresses of the frame."""

from django.urls import path

from prasan.web.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("my/", views.my, name="my"),
    path("preferences/", views.preferences, name="preferences"),
    path("health/", views.health, name="health"),
    path("worker.js", views.service_worker, name="worker"),
]
