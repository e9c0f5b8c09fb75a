"""Sealing: AES-256-GCM under a key for each conversation, which is itself sealed under a master key.

Nothing here knows a database. What is sealed is bound to its place: moved to another row or conversation it cannot be
opened.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.exc import SQLAlchemyError

from bot.secret_file import Secrets, load_secrets

KEY_BYTES = 32
_NONCE_BYTES = 12
_PLAIN, _SHORTENED = b"\x01", b"\x02"
# `json.dumps` would make an encoder for each value.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Below this, zlib's own header costs more than it saves.
_WORTH_SHORTENING = 120


class SealBroken(SQLAlchemyError):
    """What is stored cannot be opened: its key is gone or unknown, or it was changed or moved.

    A database failure like any other to whoever handles those, and no ValueError: Rasa ends the process on those.
    """


@dataclass(frozen=True)
class KeyMaterial:
    """The secrets a vault is made of.

    Attributes:
        masters: Master keys by id, the current one last.
        index: Keys the search index.
    """

    masters: Mapping[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def of(cls, secrets: Secrets) -> KeyMaterial:
        """From the file of secrets."""
        masters = {key.id: base64.urlsafe_b64decode(key.key + "=") for key in secrets.data_keys}
        index = HKDF(SHA256(), KEY_BYTES, None, b"bot.storage search index").derive(secrets.search.encode())
        return cls(masters, index)


class ConversationKey:
    """The key of one conversation: seals and opens what was said in it."""

    def __init__(self, conversation_id: str, key: bytes) -> None:
        """Prepare the cipher."""
        self.conversation_id = conversation_id
        self._cipher = AESGCM(key)

    def seal(self, place: str, value: Any) -> bytes:
        """A JSON value, readable only with this key and only at its place (`table.column` and what names the row)."""
        plain = _as_json(value).encode("utf-8", "surrogatepass")
        head = _PLAIN
        if len(plain) > _WORTH_SHORTENING:
            plain, head = zlib.compress(plain, 1), _SHORTENED
        nonce = os.urandom(_NONCE_BYTES)
        return head + nonce + self._cipher.encrypt(nonce, plain, self._bound_to(head, place))

    def open(self, place: str, sealed: bytes) -> Any:
        """What `seal` was given.

        Raises:
            SealBroken: when it was not sealed with this key for this place.
        """
        head, nonce = sealed[:1], sealed[1 : 1 + _NONCE_BYTES]
        try:
            plain = self._cipher.decrypt(nonce, sealed[1 + _NONCE_BYTES :], self._bound_to(head, place))
            if head == _SHORTENED:
                plain = zlib.decompress(plain)
            return json.loads(plain.decode("utf-8", "surrogatepass"))
        except (InvalidTag, ValueError, zlib.error) as error:
            raise SealBroken(f"sealed content of {place.partition(' ')[0]} cannot be opened") from error

    def _bound_to(self, head: bytes, place: str) -> bytes:
        return b"\0".join((head, self.conversation_id.encode("utf-8", "surrogatepass"), place.encode()))


class Vault:
    """Makes conversations' keys, and seals them under the master key."""

    def __init__(self, load: Callable[[], KeyMaterial], version: Callable[[], object] = lambda: None) -> None:
        """Prepare; the secrets are read when first needed.

        Args:
            load: Reads the secrets.
            version: Changes when they do; cheap to ask. A key of a master that was replaced could be lost with it.
        """
        self._load = load
        self._version = version
        self._seen: object = None
        self._material: KeyMaterial | None = None
        self._ciphers: dict[str, AESGCM] = {}

    @classmethod
    def of_file(cls, path: Path) -> Vault:
        """The vault whose master keys are in a file of secrets (`bot.secret_file`)."""

        def version() -> object:
            try:
                found = path.stat()
            except OSError:
                return None
            return found.st_mtime_ns, found.st_ino, found.st_size

        return cls(lambda: KeyMaterial.of(load_secrets(path)), version)

    @property
    def index_key(self) -> bytes:
        """Keys the search index; the same for the life of the installation."""
        return self._known().index

    @property
    def current(self) -> str:
        """The id of the master key that new keys are sealed under."""
        return list(self._known().masters)[-1]

    def refresh(self) -> None:
        """Read the secrets anew."""
        self._seen = self._version()
        self._material, self._ciphers = self._load(), {}

    def knows(self, master: str) -> bool:
        """Whether a master key is there."""
        if master not in self._known().masters:
            self.refresh()
        return master in self._known().masters

    def new_key(self) -> bytes:
        """A fresh key for a conversation."""
        return os.urandom(KEY_BYTES)

    def wrap(self, conversation_id: str, key: bytes) -> tuple[str, bytes]:
        """A conversation's key sealed under the current master key: that one's id and the sealed key."""
        if self._version() != self._seen:
            self.refresh()
        master = self.current
        nonce = os.urandom(_NONCE_BYTES)
        return master, nonce + self._cipher(master).encrypt(nonce, key, _owner(master, conversation_id))

    def unwrap(self, conversation_id: str, master: str, wrapped: bytes) -> bytes:
        """A conversation's key.

        Raises:
            SealBroken: when the master key is not there, or the key was sealed for another conversation.
        """
        if not self.knows(master):
            raise SealBroken(f"the master key {master} is not in the file of secrets")
        try:
            owner = _owner(master, conversation_id)
            return self._cipher(master).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], owner)
        except (InvalidTag, ValueError) as error:
            raise SealBroken("a conversation's key cannot be opened") from error

    def _known(self) -> KeyMaterial:
        if self._material is None:
            self.refresh()
        assert self._material is not None
        return self._material

    def _cipher(self, master: str) -> AESGCM:
        known = self._known().masters[master]
        cipher = self._ciphers.get(master)
        if cipher is None:
            cipher = self._ciphers[master] = AESGCM(known)
        return cipher


def _owner(master: str, conversation_id: str) -> bytes:
    return b"\0".join((b"conversation key", master.encode(), conversation_id.encode("utf-8", "surrogatepass")))
