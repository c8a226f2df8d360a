"""Reference cases made with PyTorch and Keras, and the live comparison with either of them."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")  # before anything imports keras
