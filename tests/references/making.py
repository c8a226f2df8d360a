"""Making the files of reference cases, the same way for each peer.

What is printed beside each case is how far the engine's plain backend is from the peer.
"""

from __future__ import annotations

from zlib import crc32

from tests.references import storage
from tests.references.cases import CASES
from tests.references.experiment import Results, difference, experiment, own_results
from tests.references.peer import Different, Peer


def make(peer: type[Peer], versions: str) -> None:
    """Compute and keep all cases that a peer can do; print how far the engine is from them."""
    given = {name: experiment(document, crc32(name.encode())) for name, document in CASES.items()}
    made: dict[str, Results] = {}
    for name, case in given.items():
        if not {node.kind for node in case.nodes} <= peer.kinds:
            continue
        try:
            made[name] = peer(case).results()
        except Different:
            continue
        print(f"{apart(own_results(case, backend='plain'), made[name]):8.1e}  {name}", flush=True)
    storage.write_given(given)
    storage.write_results(peer.name.lower(), made, versions)
    size = storage.file_of(peer.name.lower()).stat().st_size // 1000
    left_out = ", ".join(name for name in given if name not in made)
    print(f"{len(made)} cases, {size} kB; not in {peer.name}: {left_out or '-'}")


def apart(own: Results, results: Results) -> float:
    """The largest difference of all results of a case."""
    return max(difference(own[key], value) for key, value in results.items())
