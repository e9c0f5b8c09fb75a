"""Who writes: platforms' ids become keyed hashes for everyone else, and are kept encrypted."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_CHARACTERS = 32
_HASH_BYTES = 24
_NONCE_BYTES = 12


class Unreadable(Exception):
    """What is stored was sealed with another key, or changed, or is of another version."""


class Identities:
    """Hashes and seals with keys of this installation, one key for each purpose."""

    def __init__(self, secret: str) -> None:
        """Derive the keys.

        Raises:
            ValueError: when the secret is too short to be one.
        """
        if len(secret) < SECRET_CHARACTERS:
            raise ValueError("the installation's messenger secret is missing or too short")
        self._secret = secret.encode()
        self._hash_key = self._key("hash")
        self._cipher = AESGCM(self._key("address"))

    def visitor(self, channel: str, sender: str) -> str:
        """A person on a channel, for the record: the same each time, and no way back without the key."""
        return self._hash("visitor", channel, sender)

    def conversation(self, channel: str, sender: str, nonce: str) -> str:
        """A conversation's id: a new one each time, so that an erased one cannot be linked to the next."""
        return self._hash("conversation", channel, sender, nonce)

    def event(self, channel: str, event_id: str) -> str:
        """An event of a platform, to recognise its repetition."""
        return self._hash("event", channel, event_id)

    def delivery(self, outbound_id: int, created: datetime, part: int) -> str:
        """Names one message of a reply for ever. It tells which reply, to those who know the key."""
        return f"{outbound_id}.{part}.{self._hash('delivery', str(outbound_id), created.isoformat(), str(part))}"

    def delivered(self, name: str, created: datetime) -> bool:
        """Whether `delivery` has made this name, for a reply of that time."""
        outbound_id, _, rest = name.partition(".")
        part, _, _ = rest.partition(".")
        if not (outbound_id.isdigit() and part.isdigit()) or len(name) > 100 or not name.isascii():
            return False
        return hmac.compare_digest(name, self.delivery(int(outbound_id), created, int(part)))

    def derive(self, purpose: str) -> str:
        """A secret to share with a platform, for one purpose."""
        return _text(self._key(f"shared {purpose}"))

    def seal(self, owner: str, text: str) -> bytes:
        """A text, readable only by this installation and only under the hash it belongs to."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), owner.encode())

    def open(self, owner: str, sealed: bytes) -> str:
        """The text that `seal` was given.

        Raises:
            Unreadable: when it was not sealed by this installation for this owner.
        """
        try:
            found = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], owner.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable from error
        return found.decode("utf-8", "surrogatepass")

    def _hash(self, *parts: str) -> str:
        # A length before each part: no two lists of parts read the same.
        message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
        return _text(hmac.new(self._hash_key, message, hashlib.sha256).digest()[:_HASH_BYTES])

    def _key(self, purpose: str) -> bytes:
        return HKDF(SHA256(), 32, None, f"bot.gateway.messengers {purpose}".encode()).derive(self._secret)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
