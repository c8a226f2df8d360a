"""Make pytorch.safetensors: `python -m tests.references.make_torch`, where PyTorch is installed."""

import torch

from tests.references.making import make
from tests.references.torch_training import TorchNetwork

if __name__ == "__main__":
    make(TorchNetwork, f"PyTorch {torch.__version__}")
