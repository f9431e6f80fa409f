"""The tree is the one of RFC 6962, and a seal shows any change to what came before it."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.seals import Broken, Seal, Signer, Tree, opened

# Test vectors of the reference implementation of RFC 6962: its leaves, and the roots of the first 1, 2, 3 ... of them.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree_of(leaves: list[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference_implementation(size: int) -> None:
    assert tree_of(LEAVES[:size]).root().hex() == ROOTS[size - 1]


def test_the_empty_tree() -> None:
    assert Tree().root() == hashlib.sha256(b"").digest()


def naive(leaves: list[bytes]) -> bytes:
    """The recursive definition in RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70))
def test_any_tree_equals_the_definition(leaves: list[bytes]) -> None:
    assert tree_of(leaves).root() == naive(leaves)


def test_a_seal_opens_with_its_signers_key_only(tmp_path: Path) -> None:
    signer = Signer(tmp_path / "seal.key", "norfolk.example/partnership")
    note = signer.sign(tree_of(LEAVES))
    assert opened(note, signer.verifier_key()) == Seal(signer.origin, 8, bytes.fromhex(ROOTS[-1]))
    assert Signer(tmp_path / "seal.key", signer.origin).verifier_key() == signer.verifier_key()
    stranger = Signer(tmp_path / "other.key", signer.origin)
    with pytest.raises(Broken):
        opened(note, stranger.verifier_key())


@pytest.mark.parametrize("change", [("\n8\n", "\n7\n"), ("norfolk", "suffolk"), ("— ", ""), ("\n\n", "\n")])
def test_a_changed_seal_is_broken(tmp_path: Path, change: tuple[str, str]) -> None:
    signer = Signer(tmp_path / "seal.key", "norfolk.example/partnership")
    note = signer.sign(tree_of(LEAVES))
    with pytest.raises(Broken):
        opened(note.replace(*change), signer.verifier_key())


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    Signer(tmp_path / "seal.key", "norfolk.example/partnership")
    assert (tmp_path / "seal.key").stat().st_mode & 0o077 == 0
