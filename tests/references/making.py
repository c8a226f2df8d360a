"""Making the files of reference cases, the same way for each peer."""

from __future__ import annotations

from zlib import crc32

from tests.references import storage
from tests.references.cases import CASES
from tests.references.experiment import Results, difference, experiment, own_results
from tests.references.peer import Peer


def make(peer: type[Peer], versions: str) -> None:
    """Compute and keep all cases that a peer can do; print how far the engine is from them."""
    given = {name: experiment(document, crc32(name.encode())) for name, document in CASES.items()}
    made: dict[str, Results] = {}
    for name, case in given.items():
        if {node.kind for node in case.nodes} <= peer.kinds:
            made[name] = peer(case).results()
            print(f"{apart(own_results(case), made[name]):8.1e}  {name}", flush=True)
    storage.write_given(given)
    storage.write_results(peer.name.lower(), made, versions)
    size = storage.file_of(peer.name.lower()).stat().st_size // 1000
    print(f"{len(made)} cases, {size} kB; not in {peer.name}: {', '.join(given.keys() - made)}")


def apart(own: Results, results: Results) -> float:
    """The largest difference of all results of a case."""
    return max(difference(own[key], value) for key, value in results.items())
