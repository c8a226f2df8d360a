"""Reference cases of losses and optimizers."""

from __future__ import annotations

from tests.references.building import ending, trained

LOSSES = {
    "cross_entropy": ending("cross_entropy", "iris", 3),
    "cross_entropy after softmax": ending("cross_entropy", "iris", 3, "softmax"),
    "cross_entropy of rows": ending("cross_entropy", "iris", 3, target="one_hot", weight=0.7),
    "binary_cross_entropy": ending("binary_cross_entropy", "spirals", 1),
    "binary_cross_entropy after sigmoid": ending("binary_cross_entropy", "spirals", 1, "sigmoid"),
    "binary_cross_entropy of rows": ending("binary_cross_entropy", "iris", 3, target="one_hot"),
    "mean_squared_error": ending("mean_squared_error", "wave", 1),
    "mean_squared_error of rows": ending("mean_squared_error", "iris", 3, target="one_hot"),
}
OPTIMIZERS = {
    "sgd": trained(momentum=0.0),
    "sgd with momentum": trained(momentum=0.9),
    "sgd, Nesterov": trained(momentum=0.9, nesterov=True),
    **{
        name: trained(optimizer=name, learning_rate=0.05)
        for name in ("adam", "adamw", "nadam", "rmsprop", "adagrad", "lion")
    },
    "adadelta": trained(optimizer="adadelta", learning_rate=1.0, epsilon=1e-3),
    "adamw, more decay": trained(optimizer="adamw", learning_rate=0.05, weight_decay=0.3),
    "rmsprop with momentum": trained(
        optimizer="rmsprop", learning_rate=0.02, rmsprop_momentum=0.7, epsilon=1e-12
    ),
    "rmsprop, centred": trained(optimizer="rmsprop", learning_rate=0.02, centred=True, rho=0.5),
    "adagrad, from nothing": trained(
        optimizer="adagrad", learning_rate=0.05, accumulator=0.0, epsilon=1e-12
    ),
    "adam, other numbers": trained(
        optimizer="adam", learning_rate=0.05, beta_1=0.5, beta_2=0.9, epsilon=0.01
    ),
}
