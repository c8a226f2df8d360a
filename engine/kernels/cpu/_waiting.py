"""How threads wait for each other without the interpreter: by looking at a number, not for long."""

from engine.kernels.cpu import kernel
from engine.kernels.cpu._native import breathe, look, take_number

PATIENCE = 2000  # looks before whoever waits should sleep: 50 to 100 µs


@kernel
def wait_until(place: int, least: int, called_off: int) -> bool:
    """Look at a number until it is large enough, or waiting is called off; False if too long.

    place, called_off : addresses
    """
    for _ in range(PATIENCE):
        if look(place) >= least or look(called_off) != 0:
            return True
        breathe()
    return False


@kernel
def announce(place: int) -> int:
    """Add 1 to the number at an address; all that this thread wrote before is seen by then."""
    return take_number(place)
