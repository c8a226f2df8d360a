"""Make keras.safetensors: `python -m tests.references.make_keras`, where Keras and PyTorch are."""

from tests.references.keras_training import KerasNetwork, keras
from tests.references.making import make

if __name__ == "__main__":
    make(KerasNetwork, f"Keras {keras.__version__} on PyTorch")
