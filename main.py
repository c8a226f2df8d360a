# -*- coding: utf-8 -*-  # noqa: UP009 (an old Python must be able to read this file)
"""Layerwise starts here: this file turns away a Python that is too old and hands over.

It is kept to what every Python can read, so that an old one gives a sentence instead of a syntax
error. The engine process imports it again, so nothing may happen at import.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this is the check)
    ENGLISH = "Layerwise needs Python 3.11 or newer, and this is Python {}: see https://python.org"
    CHINESE = (
        "Layerwise 需要 Python 3.11 或更新的版本，当前是 Python {}：请到 https://python.org 下载"
    )
    asked = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    sys.exit((CHINESE if asked.startswith("zh") else ENGLISH).format(sys.version.split()[0]))

if __name__ == "__main__":
    from gui.setup.start import start

    sys.exit(start())
