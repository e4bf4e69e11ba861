"""The order of the stages: read and judge, plan, render into shells, write."""

from liaison.build.job import Hosted, Job, Manual, prepare, preview, write
from liaison.build.lessons import Kind, LessonPages
from liaison.build.preview import Preview

__all__ = ["Hosted", "Job", "Kind", "LessonPages", "Manual", "Preview", "prepare", "preview", "write"]
