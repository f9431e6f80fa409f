"""The log as a transparency log, by the field's own standards, so that software which is not ours can check it.

Leaves are the content hashes in the order of positions; the tree is that of RFC 6962; a seal is a C2SP checkpoint, a
note signed with Ed25519. Kept outside the log, it shows later that nothing before it was changed, removed or added."""

import base64
import hashlib
import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
KEY_ID_BYTES = 4


class Broken(Exception):
    """A seal that is not in the right form, or that its signer did not sign."""


class Tree:
    """The Merkle tree of RFC 6962 over leaves as they come; it keeps one hash for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, content_hash: bytes) -> None:
        """Add the next event's content hash as a leaf."""
        node = hashlib.sha256(b"\x00" + content_hash).digest()
        size = self.size
        while size & 1:
            node = _parent(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The hash over all leaves so far; that of nothing when there are none."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = _parent(peak, node)
        return node


class Seal(msgspec.Struct, frozen=True):
    """What was sealed: the log's name, how many events, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


class Signer:
    """Signs seals with the key in a file only its owner can read, made on first use. `origin` names the log."""

    def __init__(self, path: Path, origin: str) -> None:
        self.origin = origin
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(Ed25519PrivateKey.generate().private_bytes_raw())
        self._key = Ed25519PrivateKey.from_private_bytes(path.read_bytes())

    def verifier_key(self) -> str:
        """The public key as other software wants it: name, key id and key."""
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        encoded = base64.b64encode(ED25519 + public).decode()
        return f"{self.origin}+{_key_id(self.origin, public).hex()}+{encoded}"

    def sign(self, tree: Tree) -> str:
        """The signed note for the tree as it stands."""
        text = Seal(self.origin, tree.size, tree.root()).text()
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signature = _key_id(self.origin, public) + self._key.sign(text.encode())
        return f"{text}\n— {self.origin} {base64.b64encode(signature).decode()}\n"


def opened(note: str, verifier_key: str) -> Seal:
    """What a signed note says. Raises Broken when it is malformed or not signed with this key."""
    try:
        text, _, signatures = note.partition("\n\n")
        origin, size, root = text.split("\n")
        seal = Seal(origin, int(size), base64.b64decode(root, validate=True))
        name, key_id, encoded = verifier_key.split("+", 2)
        public = base64.b64decode(encoded, validate=True)[len(ED25519) :]
        for line in signatures.splitlines():
            _, signer, signature = line.split(" ")
            box = base64.b64decode(signature, validate=True)
            if signer == name and box[:KEY_ID_BYTES].hex() == key_id:
                Ed25519PublicKey.from_public_bytes(public).verify(box[KEY_ID_BYTES:], seal.text().encode())
                return seal
    except (ValueError, InvalidSignature) as error:
        raise Broken("The seal is malformed or was not signed with this key.") from error
    raise Broken("The seal carries no signature of this key.")


def _parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + public).digest()[:KEY_ID_BYTES]
