"""What matching reads in the title of an innovation, kept so that one is held against all in a moment."""

from __future__ import annotations

from django.db import models

from prasan.innovations.models.innovation import Innovation


class TitleReading(models.Model):
    """A packed reading and the version of the vocabulary by which it was read; never shown to anybody."""

    innovation = models.OneToOneField(
        Innovation, models.CASCADE, primary_key=True, related_name="title_reading"
    )
    version = models.CharField(max_length=80)
    packed = models.BinaryField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="innovations_reading_kept")]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.version}"
