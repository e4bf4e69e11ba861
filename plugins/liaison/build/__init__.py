"""The order of the stages: read and judge, plan, render into shells, write."""

from liaison.build.job import Hosted, Job, Manual, prepare, write

__all__ = ["Hosted", "Job", "Manual", "prepare", "write"]
