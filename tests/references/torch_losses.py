"""Losses in PyTorch."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812

from tests.references.peer import Box, Different, Tensor, one_hot, rows, scores


def cross_entropy(box: Box) -> Tensor:
    z, target = rows(box, scores(box.x, "softmax")[0])
    return F.cross_entropy(z, target, label_smoothing=box.layer.label_smoothing)


def binary_cross_entropy(box: Box) -> Tensor:
    z, target = rows(box, scores(box.x, "sigmoid")[0])
    smoothing = box.layer.label_smoothing
    aim = target.reshape(z.shape).to(z.dtype) * (1 - smoothing) + 0.5 * smoothing
    return F.binary_cross_entropy_with_logits(z, aim)


def kl_divergence(box: Box) -> Tensor:
    z, target = rows(box, scores(box.x, "softmax")[0])
    return F.kl_div(F.log_softmax(z, -1), target, reduction="batchmean")


def hinge(box: Box) -> Tensor:
    z, target = rows(box, box.x)
    signs = torch.where(target.reshape(z.shape) > 0.5, 1, -1)
    return F.relu(1 - signs * z).mean()


def categorical_hinge(box: Box) -> Tensor:
    """As Keras has it, where the true class counts among the others with a score of 0."""
    z, target = rows(box, box.x)
    aim = one_hot(z, target)
    return F.relu(((1 - aim) * z).amax(-1) - (aim * z).sum(-1) + 1).mean()


def poisson(box: Box) -> Tensor:
    z, target = rows(box, box.x)
    if (target < 0).any() or (not box.layer.log_rate and (z <= 0).any()):
        raise Different("counts and their rates are not negative")
    aim = target.reshape(z.shape).to(z.dtype)
    return F.poisson_nll_loss(z, aim, box.layer.log_rate, eps=1e-7)


def of_numbers(loss: Callable[..., Tensor], *options: str) -> Callable[[Box], Tensor]:
    """A loss of outputs and numbers, with options of the same names."""

    def translated(box: Box) -> Tensor:
        z, target = rows(box, box.x)
        more = {name: getattr(box.layer, name) for name in options}
        return loss(z, target.reshape(z.shape).to(z.dtype), **more)

    return translated


def log_cosh(y: Tensor, target: Tensor) -> Tensor:
    return torch.log(torch.cosh(y - target)).mean()


LOSSES: dict[str, Callable[[Box], Tensor]] = {
    "binary_cross_entropy": binary_cross_entropy,
    "categorical_hinge": categorical_hinge,
    "cross_entropy": cross_entropy,
    "hinge": hinge,
    "huber": of_numbers(F.huber_loss, "delta"),
    "kl_divergence": kl_divergence,
    "log_cosh": of_numbers(log_cosh),
    "mean_absolute_error": of_numbers(F.l1_loss),
    "mean_squared_error": of_numbers(F.mse_loss),
    "poisson": poisson,
}
