from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from liaison.cli import main
from liaison.model.site import ROLES
from liaison.publish.manifest import Manifest
from support.sites import REPOSITORY, copy_site, edit, environment

CI = REPOSITORY / "templates" / "ci"
SCRIPTS = sorted(CI.glob("*.sh"))
GITHUB = [CI / "github" / "check.yml", CI / "github" / "publish.yml"]
GITLAB = CI / "gitlab" / "gitlab-ci.yml"
GITEE = [CI / "gitee" / "check.yml", CI / "gitee" / "publish.yml"]
OURS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
ALL = [*GITHUB, GITLAB, *GITEE, *OURS]


def load(file: Path) -> dict[str, Any]:
    """A file as YAML, each scalar as text."""
    loaded: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return loaded


def steps(file: Path) -> Iterator[dict[str, Any]]:
    for job in load(file)["jobs"].values():
        yield from job["steps"]


def scripts_of(part: object) -> str:
    """All lines that a shell is given, of any platform."""
    if isinstance(part, dict):
        return "\n".join(
            "\n".join(value)
            if isinstance(value, list) and key == "script"
            else value
            if key == "run"
            else scripts_of(value)
            for key, value in part.items()
        )
    return "\n".join(map(scripts_of, part)) if isinstance(part, list) else ""


@pytest.mark.parametrize("file", ALL, ids=str)
def test_every_file_is_yaml_without_the_trigger_that_lends_secrets(file: Path) -> None:
    """`pull_request_target` runs with the rights of the base; what a request holds must never meet them."""
    assert load(file)
    assert "pull_request_target" not in file.read_text("utf-8")
    assert "workflow_run" not in file.read_text("utf-8")
    assert "LIAISON_TODAY" not in file.read_text("utf-8")


@pytest.mark.parametrize("file", [GITHUB[0], *OURS], ids=str)
def test_jobs_that_see_a_request_have_no_secret_and_may_only_read(file: Path) -> None:
    """On GitHub: rights to read the contents, no environment, no credentials left in a folder."""
    flow = load(file)
    assert flow["permissions"] == {"contents": "read"}
    assert "pull_request" in flow["on"]
    assert not re.search(r"secrets[.\[]|\bvars\.|github\.token|environment:", file.read_text("utf-8"))
    for job in flow["jobs"].values():
        assert "permissions" not in job
        assert "environment" not in job
        assert "self-hosted" not in job["runs-on"]


@pytest.mark.parametrize("file", [*GITHUB, *OURS], ids=str)
def test_actions_are_pinned_and_leave_no_credentials(file: Path) -> None:
    """Only GitHub's own actions, by the number of a commit; no checkout keeps a token; no text of others in a shell."""
    for step in steps(file):
        if "uses" in step:
            assert re.fullmatch(r"actions/(checkout|upload-artifact|download-artifact)@[0-9a-f]{40}", step["uses"])
            if "checkout" in step["uses"]:
                assert step["with"]["persist-credentials"] == "false"
        assert "${{" not in step.get("run", "")
    assert load(file)["permissions"] == {"contents": "read"}


def test_the_check_takes_the_program_from_the_base_before_it_takes_the_request() -> None:
    """GitHub: base with its whole history, install, request, check; nothing below the request is run."""
    base, install, request, check = steps(GITHUB[0])
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.ref }}"
    assert base["with"] | {"ref": ""} == {
        "ref": "", "path": "trusted", "fetch-depth": "0", "persist-credentials": "false",
    }  # fmt: skip
    assert install["run"].startswith("trusted/templates/ci/install.sh")
    assert request["with"] == {"path": "request", "persist-credentials": "false"}
    assert "trusted/templates/ci/check.sh" in check["run"]
    assert not re.search(r"(^|[\s;&|(])(\./)?request/", scripts_of(load(GITHUB[0])))
    assert "stop-commands" in check["run"]


@pytest.mark.parametrize("script", [load(GITLAB)["check"], load(GITEE[0])], ids=["gitlab", "gitee"])
def test_the_same_on_the_other_platforms(script: dict[str, Any]) -> None:
    """Base first, then the program, then the request as files, then the check; no secret is named."""
    lines = scripts_of(script) if "stages" in script else "\n".join(script["script"])
    order = [lines.index(one) for one in ("install.sh", "request.sh", "check.sh")]
    assert order == sorted(order)
    assert 'cd "$work/site"' in lines[: order[0]]
    assert not re.search(r"SSH|TOKEN|PASSWORD|SECRET|PUBLISH", str(script))


def test_only_the_publishing_job_has_secrets_and_it_never_sees_a_request() -> None:
    """GitHub: an environment of its own guards them; GitLab: protected variables, and never for a merge request."""
    flow = load(GITHUB[1])
    assert set(flow["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert flow["on"]["push"] == {"branches": ["main"]}
    assert flow["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert flow["jobs"]["publish"]["environment"] == "production"
    assert flow["jobs"]["publish"]["needs"] == "build"
    assert "secrets." not in str(flow["jobs"]["build"])
    assert "secrets." in str(flow["jobs"]["publish"])
    lab = load(GITLAB)
    never = {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"', "when": "never"}
    for name in ("build", "publish"):
        assert lab[name]["rules"] == [never, {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert lab["check"]["rules"] == [{"if": never["if"]}]
    assert lab["publish"]["environment"] == "production"
    assert "SSH" not in str(lab["build"]) + str(lab["variables"])
    assert set(load(GITEE[0])["triggers"]) == {"trigger", "pr"}
    assert set(load(GITEE[1])["triggers"]) == {"trigger", "push", "schedule"}


def test_every_platform_builds_each_day() -> None:
    """At half past midnight in Beijing: by the file, or as its head tells where only the platform can be told."""
    assert load(GITHUB[1])["on"]["schedule"] == [{"cron": "30 16 * * *"}]
    assert load(GITEE[1])["triggers"]["schedule"] == [{"cron": "30 0 * * ?"}]
    assert "Pipeline schedules：每天 0:30，时区 Beijing" in GITLAB.read_text("utf-8")


def test_dates_of_commits_are_there_where_pages_are_made() -> None:
    """The whole history is fetched, for the dates of records."""
    for step in steps(GITHUB[1]):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["fetch-depth"] == "0"
    assert load(GITLAB)["variables"]["GIT_DEPTH"] == "0"
    assert "--depth" not in "".join(file.read_text("utf-8") for file in GITEE)


def test_every_command_and_option_exists() -> None:
    """What the files call is what `liaison --help` lists, with the options they use."""
    text = "\n".join([*(file.read_text("utf-8") for file in SCRIPTS), *(scripts_of(load(file)) for file in ALL)])
    text = re.sub(r"(?m)^\s*#.*$", "", text)
    called = re.findall(r'liaison" ([a-z-]+)(.*)', text)
    assert {name for name, _ in called} == {"check", "build", "approval", "publish"}
    for name, rest in called:
        assert name in main.list_commands(click.Context(main))
        if wanted := set(re.findall(r"--[a-z]+", rest)):
            command = main.get_command(click.Context(main), name)
            assert command
            assert wanted <= {one for parameter in command.params for one in parameter.opts}
    for name, options in (("build", {"--today", "--previous"}), ("approval", {"--today", "--previous", "--first"})):
        command = main.get_command(click.Context(main), name)
        assert command
        assert options <= {one for parameter in command.params for one in parameter.opts}


def test_this_repository_uses_what_it_offers() -> None:
    """Its own check of requests is the template, sign for sign; besides it has its tests."""
    assert [file.name for file in OURS] == ["check.yml", "tests.yml"]
    assert OURS[0].read_bytes() == GITHUB[0].read_bytes()
    assert [step["run"] for step in steps(OURS[1]) if "run" in step][-1] == ".ci/run"


def test_packages_are_checked_by_their_hashes() -> None:
    """Nothing is installed that is not locked, and nothing of a request stands in the folder it is installed from."""
    installs = re.findall(r"/pip\" (install .*)", (CI / "install.sh").read_text("utf-8"))
    assert len(installs) == 2
    assert "--require-hashes -r requirements.txt" in installs[0]
    assert "--no-deps --no-build-isolation ." in installs[1]


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_are_sound_and_stop_at_the_first_fault(file: Path) -> None:
    """The shell can read them; they may be run, and end where something fails."""
    assert subprocess.run(["bash", "-n", str(file)], check=False).returncode == 0
    assert "\nset -euo pipefail\n" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o111


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=示例", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A site of its own under Git, with the scripts."""
    site = copy_site(tmp_path / "trusted")
    shutil.copytree(CI, site / "templates" / "ci")
    git(site, "init", "--quiet", "--initial-branch", "main")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "base")
    return site


def program(tmp_path: Path, text: str = "") -> Path:
    """A folder with the program, as `install.sh` would leave it; or with another one in its place."""
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    file = tmp_path / "venv" / "bin" / "liaison"
    file.write_text(text or f"#!{sys.executable}\nfrom liaison.cli import main\nmain()\n", "utf-8")
    file.chmod(0o755)
    return tmp_path / "venv"


def script(site: Path, name: str, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [str(site / "templates" / "ci" / name), *map(str, arguments)]
    return subprocess.run(
        command, env=environment(**variables), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def request_of(base: Path, tmp_path: Path) -> Path:
    """The files of a request that changes nothing yet."""
    folder = tmp_path / "request"
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns(".git"))
    return folder


def test_a_request_brings_records_and_nothing_else(base: Path, request_of: Path, tmp_path: Path) -> None:
    """A new phone number is judged; facts of the site, templates and scripts are those of the base, and are named."""
    station = next(request_of.glob("stations/*/*/station.yml"))
    station.write_text(re.sub(r"(?m)^phone: .*$", "phone: 0738-1110000", station.read_text("utf-8")), "utf-8")
    (request_of / "site.yml").write_text("name: 假的\n", "utf-8")
    (request_of / "overrides" / "main.html").write_text("{{ evil }}", "utf-8")
    (request_of / "templates" / "ci" / "check.sh").write_text("touch pwned", "utf-8")
    done = script(base, "check.sh", program(tmp_path), request_of)
    assert done.returncode == 0, done.stdout + done.stderr
    for named in ("site.yml", "main.html", "check.sh"):
        assert named in done.stdout
    assert (base / station.relative_to(request_of)).read_text("utf-8") == station.read_text("utf-8")
    assert git(base, "diff", "--name-only").split("\n") == [str(station.relative_to(request_of))]


def test_nothing_of_a_request_is_run(base: Path, request_of: Path, tmp_path: Path) -> None:
    """Modules, hooks, settings of tools and commands lie about everywhere; none is taken up."""
    mark = tmp_path / "pwned"
    python = f"open({str(mark)!r}, 'w')\n"
    for folder in ("", "stations/", "content/", "content/guides/"):
        for name in (
            "sitecustomize.py",
            "usercustomize.py",
            "liaison.py",
            "click.py",
            "yaml.py",
            "hooks.py",
            "conftest.py",
        ):
            (request_of / folder / name).write_text(python, "utf-8")
        (request_of / folder / "mkdocs.yml").write_text("hooks: [hooks.py]\n", "utf-8")
        (request_of / folder / "pip.conf").write_text("[install]\nindex-url = https://evil.example/\n", "utf-8")
    done = script(base, "check.sh", program(tmp_path), request_of)
    assert done.returncode == 1  # files of such names may not lie there
    assert not mark.exists()


def test_a_mistake_fails_the_check(base: Path, request_of: Path, tmp_path: Path) -> None:
    """A record that is wrong, and a published lesson that is gone: what `--base` is for."""
    venv = program(tmp_path)
    lesson = request_of / "content" / "episodes" / "daibiaofa" / "03.md"
    found = next(request_of.glob("content/episodes/daibiaofa/03*.md"), lesson)
    found.unlink()
    done = script(base, "check.sh", venv, request_of)
    assert done.returncode == 1
    assert "episodes/daibiaofa" in done.stdout
    station = next(request_of.glob("stations/*/*/station.yml"))
    station.write_text("name: [", "utf-8")
    assert script(base, "check.sh", venv, request_of).returncode == 1


def test_links_of_a_request_are_not_followed(base: Path, request_of: Path, tmp_path: Path) -> None:
    """A link for a record, and for the whole folder: an error, and nothing of what it leads to is told."""
    venv = program(tmp_path)
    secret = tmp_path / "secret.yml"
    secret.write_text("name: GEHEIM\n", "utf-8")
    station = next(request_of.glob("stations/*/*/station.yml"))
    station.unlink()
    station.symlink_to(secret)
    done = script(base, "check.sh", venv, request_of)
    assert done.returncode == 1
    assert "GEHEIM" not in done.stdout + done.stderr
    shutil.rmtree(request_of / "stations")
    (request_of / "stations").symlink_to(tmp_path)
    done = script(base, "check.sh", venv, request_of)
    assert done.returncode != 0
    assert "GEHEIM" not in done.stdout + done.stderr


def test_a_request_is_merged_with_the_base_before_it_is_judged(base: Path, tmp_path: Path) -> None:
    """What others added meanwhile is not taken for removed; a conflict is said in words."""
    git(base, "checkout", "--quiet", "-b", "request")
    station = next(base.glob("stations/*/*/station.yml"))
    station.write_text(station.read_text("utf-8") + "# request\n", "utf-8")
    git(base, "commit", "--quiet", "--all", "--message", "request")
    git(base, "checkout", "--quiet", "main")
    (base / "content" / "guides" / "more.md").write_text("# 更多\n", "utf-8")
    git(base, "add", "--all")
    git(base, "commit", "--quiet", "--message", "meanwhile")
    done = script(base, "request.sh", "request", tmp_path / "merged")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "merged" / "content" / "guides" / "more.md").is_file()
    assert (tmp_path / "merged" / station.relative_to(base)).read_text("utf-8").endswith("# request\n")
    assert not git(base, "status", "--porcelain")
    station.write_text(station.read_text("utf-8") + "# other\n", "utf-8")
    git(base, "commit", "--quiet", "--all", "--message", "conflict")
    done = script(base, "request.sh", "request", tmp_path / "again")
    assert done.returncode == 1
    assert "有冲突" in done.stdout


TOLD = '#!/bin/sh\necho "$@" >> "$TOLD"\n[ -z "$LIAISON_TODAY" ] || echo "day from outside" >> "$TOLD"\n'


@pytest.mark.parametrize(
    ("signed", "day", "first", "called"),
    [
        (False, "", "", ["build --previous URL", "approval --previous URL"]),
        (True, "", "", ["build --today 2026-11-22 --previous URL", "approval --today 2026-11-22 --previous URL"]),
        (
            False,
            "2026-12-01",
            "",
            ["build --today 2026-12-01 --previous URL", "approval --today 2026-12-01 --previous URL"],
        ),
        (False, "", "1", ["build", "approval --first"]),
    ],
)
def test_a_release_is_made_for_the_day_that_was_signed(
    base: Path, tmp_path: Path, *, signed: bool, day: str, first: str, called: list[str]
) -> None:
    """After a signature came in the same bytes are made again; else today's, whatever the machine was told."""
    git(base, "commit", "--quiet", "--allow-empty", "--message", "more")
    if signed:
        (base / "approvals").mkdir()
        for name in ("2026-11-22-2.yml", "2026-11-22-10.yml", "2026-11-09-1.yml"):
            (base / "approvals" / name).write_text("sheet: x\n", "utf-8")
        git(base, "add", "--all")
        git(base, "commit", "--quiet", "--message", "signed")
    told = tmp_path / "told"
    done = script(
        base,
        "release.sh",
        program(tmp_path, TOLD),
        day,
        TOLD=str(told),
        LIAISON_FIRST=first,
        LIAISON_TODAY="2020-01-01",
    )
    assert done.returncode == 0, done.stderr
    url = "https://www.example.gov.cn/zt/jiazhan/"
    assert told.read_text("utf-8").splitlines() == [one.replace("URL", url) for one in called]


def test_what_was_signed_is_made_again_and_published(base: Path, tmp_path: Path) -> None:
    """The whole road: a release of one day, signatures that come in on another, the same bytes again, published."""
    edit(base / "site.yml", r"(?m)^sample_notice: .*\nsample_today: .*$", "sample_notice: off")
    git(base, "commit", "--quiet", "--all", "--message", "real")
    venv = program(tmp_path)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    target = tmp_path / "host"
    assert script(base, "release.sh", venv, "2026-11-20", LIAISON_FIRST="1", PATH=path).returncode == 0
    before = Manifest.read(base / "site")
    refused = subprocess.run(
        [venv / "bin" / "liaison", "publish", target], cwd=base, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "审批" in refused.stdout + refused.stderr
    signed = [f"--signed={role}=李示例 2026-11-20 1{number}:00" for number, role in enumerate(ROLES)]
    subprocess.run([venv / "bin" / "liaison", "approval", "--sign", *signed], cwd=base, check=True, capture_output=True)
    git(base, "add", "approvals")
    git(base, "commit", "--quiet", "--message", "signed")
    shutil.rmtree(base / "site")
    done = script(base, "release.sh", venv, LIAISON_FIRST="1", PATH=path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert Manifest.read(base / "site").tree == before.tree
    published = subprocess.run(
        [venv / "bin" / "liaison", "publish", target], cwd=base, capture_output=True, text=True, check=False
    )
    assert published.returncode == 0, published.stdout + published.stderr
    assert Manifest.read(target / "current").tree == before.tree
