"""The lines that docs/deployment.md gives for systemd and nginx, run as they stand over a copy of this machine's folders.

What they write goes into a file system in memory that only they see, and is gone afterwards. Three things are left
out: the set-up and the training (`make` is only asked what it would do), starting what is enabled, and telling systemd.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NGINX = "/etc/nginx/conf.d/assistant.conf"
# A machine of its own: what is written below these folders is seen here alone.
APART = """
set -euo pipefail
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
for folder in etc opt var; do
  mkdir -p /mnt/$folder /mnt/.$folder
  mount -t overlay overlay -o lowerdir=/$folder,upperdir=/mnt/$folder,workdir=/mnt/.$folder /$folder
done
rm -rf /opt/assistant /etc/assistant
if id assistant >/dev/null 2>&1; then userdel assistant; fi
"""
# What the lines need of the repository.
PLACED = ("Makefile", "deploy", "pyproject.toml", "requirements.lock")
# The greatest exposure that systemd may find in a service, in tenths.
EXPOSURE = 20


def apart(script: str) -> subprocess.CompletedProcess[str]:
    command = ["unshare", "--mount", "bash", "-c", f"{APART}{script}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def documented(heading: str) -> str:
    """The first block of commands below a heading."""
    below = (PROJECT / "docs" / "deployment.md").read_text("utf-8").partition(f"\n## {heading}\n")[2]
    return below.partition("```sh\n")[2].partition("```")[0]


def in_this_place(lines: str) -> str:
    """The lines with the repository's address filled in, and without what needs a network or a running systemd."""
    for stands, instead in (
        ("git clone …", f"mkdir /opt/assistant && cp -r {' '.join(f'{PROJECT}/{name}' for name in PLACED)}"),
        ("make setup train", "make --dry-run setup train"),
        ("systemctl daemon-reload", "true"),
        ("enable --now", "enable"),
    ):
        assert stands in lines, stands
        lines = lines.replace(stands, instead)
    return lines


@pytest.fixture(scope="module")
def machine() -> str:
    """What puts such a machine together; skips where this one cannot."""
    if os.geteuid() != 0 or not shutil.which("systemctl") or not shutil.which("useradd"):
        pytest.skip("needs root and Debian's systemd and passwd")
    if apart("true").returncode != 0:
        pytest.skip("this machine lets no file system be laid over another")
    return f"cd /root; {{ {in_this_place(documented('With systemd'))} }} >/dev/null\n"


def test_the_lines_for_systemd_make_a_user_without_rights_who_alone_reads_the_settings(machine: str) -> None:
    looking = """
    getent passwd assistant | cut -d: -f6,7
    stat -c '%a %U:%G %n' /etc/assistant /etc/assistant/assistant.env
    runuser -u assistant -- test -r /etc/assistant/assistant.env && echo read
    runuser -u nobody -- test -r /etc/assistant/assistant.env || echo refused
    runuser -u assistant -- test -w /opt/assistant || echo read-only
    test -d /opt/assistant/var && echo var
    """

    done = apart(machine + looking)

    assert [
        "/nonexistent:/usr/sbin/nologin",
        "750 root:assistant /etc/assistant",
        "640 root:assistant /etc/assistant/assistant.env",
        "read",
        "refused",
        "read-only",
        "var",
    ] == done.stdout.splitlines(), done.stderr


def test_the_lines_for_systemd_switch_on_what_they_name(machine: str) -> None:
    services = [f"assistant-{name}.service" for name in ("gateway", "rasa", "actions", "worker", "console")]
    probes = [f"assistant-probe@{name}.timer" for name in ("gateway", "rasa", "actions", "worker", "console")]
    wanted = ["assistant.target", "assistant-backup.timer", *services, *probes]

    done = apart(f"{machine}systemctl is-enabled {' '.join(wanted)}")

    assert ["enabled"] * len(wanted) == done.stdout.split(), done.stderr


def test_systemd_finds_no_fault_in_what_was_put_in_place_and_no_process_with_more_rights_than_it_needs(
    machine: str,
) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    looking = f"""
    mkdir -p /opt/assistant/.venv/bin && install -m 755 /bin/true /opt/assistant/.venv/bin/bot
    cd /etc/systemd/system
    {{ systemd-analyze verify --man=no assistant*.service assistant*.timer assistant.target 2>&1 || true; }} |
      sed -n '/assistant/s/^/fault: /p'
    for unit in $(grep -l '^User=assistant' assistant-*.service); do
      systemd-analyze security --offline=true --threshold={EXPOSURE} "$unit" >/dev/null && echo "$unit"
    done
    """

    done = apart(machine + looking)

    units = (PROJECT / "deploy" / "systemd").glob("assistant-*.service")
    assert sorted(unit.name for unit in units if "@" not in unit.name) == done.stdout.splitlines(), done.stderr


def test_nginx_takes_the_file_once_the_lines_marked_here_are_filled_in(machine: str) -> None:
    if not shutil.which("nginx") or not shutil.which("openssl"):
        pytest.skip("nginx or openssl is not installed")
    text = (PROJECT / "deploy" / "nginx" / "assistant.conf").read_text("utf-8")
    certificate, key = re.findall(r"^ +ssl_certificate(?:_key)? (\S+);$", text, re.MULTILINE)
    looking = f"""
    mkdir -p {Path(certificate).parent}
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=chat.clinic.example -keyout {key} -out {certificate}
    cp /opt/assistant/deploy/nginx/assistant.conf {NGINX}
    nginx -t
    """

    done = apart(machine + looking)

    assert 0 == done.returncode, done.stderr
    assert "test is successful" in done.stderr and "[warn]" not in done.stderr
