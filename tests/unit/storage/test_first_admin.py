"""The first admin's link makes one admin, however often it is used at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.staff_side import staff
from bot.storage.staff_side.staff import StaffFault
from tests.integration.gateway_serving import wait_until

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_first_admins_link_used_twice_at_once_makes_one_admin(database: Database) -> None:
    with database.write() as session:
        token = staff.invite(session, None, NOW, timedelta(hours=1))

    def accept(name: str) -> None:
        with database.write() as session:
            staff.accept_invitation(session, token, name, "hash", NOW)

    def somebody_waits() -> bool:
        with database.read() as session:
            return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))

    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            staff.accept_invitation(session, token, "maria", "hash", NOW)
            second = pool.submit(accept, "mario")
            wait_until(lambda: second.done() or somebody_waits())
        with pytest.raises(StaffFault, match="has been used"):
            second.result()

    with database.read() as session:
        assert ["maria"] == [found.name for found in staff.all_staff(session)]
