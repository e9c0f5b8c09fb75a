"""What a form sent, bounded before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

MAX_BODY_BYTES = 1024 * 1024
MAX_FIELDS = 1000


class NotAForm(Exception):
    """A body that cannot be read; `remedy` says what to do."""

    def __init__(self, status: int, message: str, remedy: str) -> None:
        """Keep what the person is told."""
        super().__init__(message)
        self.status = status
        self.remedy = remedy


@dataclass(frozen=True)
class Form:
    """Fields as text; files as bytes."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def text(self, name: str, longest: int = 2000) -> str:
        """A field without the space around it, cut to a length; "" when it was not sent."""
        return self.raw(name)[:longest].strip()

    def raw(self, name: str) -> str:
        """A field as it was sent, its line ends as newlines; "" when it was not sent."""
        values = self.fields.get(name) or ("",)
        return values[-1].replace("\r\n", "\n").replace("\x00", "")

    def all_raw(self, name: str) -> tuple[str, ...]:
        """All values of a field as they were sent, their line ends as newlines."""
        return tuple(value.replace("\r\n", "\n").replace("\x00", "") for value in self.fields.get(name, ()))

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(value.replace("\x00", "").strip() for value in self.fields.get(name, ()))

    def number(self, name: str, default: int | None = None) -> int | None:
        """A field as a whole number below a thousand million."""
        found = whole_number(self.text(name))
        return default if found is None else found

    def is_on(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))


def whole_number(text: str) -> int | None:
    """What somebody sent as a whole number below a thousand million, which every database can hold; else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


async def read_form(request: Request) -> Form:
    """Read the body of a POST.

    Raises:
        NotAForm: when it is too large, or cannot be read.
    """
    length = request.headers.get("content-length", "")
    # Without a length it could be endless; browsers always say one.
    if not length.isascii() or not length.isdigit() or int(length[:12]) > MAX_BODY_BYTES:
        raise NotAForm(413, "That is too large.", f"Send at most {MAX_BODY_BYTES // 1024} KB.")
    try:
        sent: FormData = await request.form(max_files=20, max_fields=MAX_FIELDS, max_part_size=MAX_BODY_BYTES)
    except (MultiPartException, ClientDisconnect, UnicodeDecodeError, ValueError) as error:
        raise NotAForm(400, "The form did not arrive whole.", "Send it again.") from error
    fields: dict[str, tuple[str, ...]] = {}
    files: dict[str, bytes] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            files[name] = await value.read()
        else:
            fields[name] = (*fields.get(name, ()), value)
    return Form(fields, files)
