"""The widget's built files: only those that are there, compressed, cached for as long as their name allows."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway import errors

_HASHED = re.compile(r"[.-][0-9a-zA-Z]{8,}\.[a-z0-9]+$")
_COMPRESSED = (".js", ".css", ".svg", ".html", ".json", ".map", ".txt")
FOR_EVER = "public, max-age=31536000, immutable"
# The script that other sites name in their page keeps its name; they get a new one within minutes.
FOR_MINUTES = "public, max-age=300, stale-while-revalidate=86400"


@dataclass(frozen=True)
class StaticFile:
    """A file's content as it is sent."""

    media_type: str
    content: bytes
    gzipped: bytes | None
    brotli: bytes | None
    tag: str
    caching: str
    stamp: tuple[int, int]


class StaticFiles:
    """Serves one folder by name. A name is looked up among the files that exist and never joined to a path."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it may be filled later."""
        self.folder = folder
        self._files: dict[str, StaticFile] = {}

    async def endpoint(self, request: Request) -> Response:
        """Answer GET and HEAD for `{name:path}`."""
        file = self.find(request.path_params["name"])
        if file is None:
            raise errors.for_http_status(404)
        headers = {
            "Cache-Control": file.caching,
            "ETag": file.tag,
            "Vary": "Accept-Encoding",
            # Pages of other sites load the launcher from here.
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Access-Control-Allow-Origin": "*",
        }
        if file.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        content = file.content
        accepted = request.headers.get("accept-encoding", "")
        for coding, compressed in (("br", file.brotli), ("gzip", file.gzipped)):
            if compressed is not None and re.search(rf"\b{coding}\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))", accepted):
                content, headers["Content-Encoding"] = compressed, coding
                break
        return Response(content, media_type=file.media_type, headers=headers)

    def find(self, name: str) -> StaticFile | None:
        """The file of that name, read again when it has changed on disk."""
        paths = self._paths()
        path = paths.get(name)
        if path is None:
            return None
        smaller = paths.get(f"{name}.br")
        stamp = (path.stat().st_mtime_ns, smaller.stat().st_mtime_ns if smaller else 0)
        known = self._files.get(name)
        if known is None or known.stamp != stamp:
            known = self._files[name] = _read(path, smaller, stamp)
        return known

    def _paths(self) -> dict[str, Path]:
        if not self.folder.is_dir():
            return {}
        found = (path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink())
        return {path.relative_to(self.folder).as_posix(): path for path in found if not path.name.startswith(".")}


def _read(path: Path, smaller: Path | None, stamp: tuple[int, int]) -> StaticFile:
    content = path.read_bytes()
    is_text = path.name.endswith(_COMPRESSED)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return StaticFile(
        media_type="text/javascript" if path.suffix == ".js" else media_type,
        content=content,
        gzipped=gzip.compress(content, 9, mtime=0) if is_text else None,
        brotli=smaller.read_bytes() if smaller else None,
        tag=f'"{hashlib.sha256(content).hexdigest()[:20]}"',
        caching=FOR_EVER if _HASHED.search(path.name) else FOR_MINUTES,
        stamp=stamp,
    )
