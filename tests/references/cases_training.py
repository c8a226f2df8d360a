"""Reference cases of losses, optimizers, schedules and what else belongs to training."""

from __future__ import annotations

from engine.scripting import chain
from tests.references.building import TRAINING, ending, row, trained

LOSSES = {
    "cross_entropy": ending("cross_entropy", "iris", 3),
    "cross_entropy after softmax": ending("cross_entropy", "iris", 3, "softmax"),
    "cross_entropy after softmax, flattened": chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 3, "activation": "softmax"}),
        ("flatten", {}),
        ("cross_entropy", {}),
        training=TRAINING,
    ),
    "cross_entropy of rows": ending("cross_entropy", "iris", 3, target="one_hot", weight=0.7),
    "binary_cross_entropy": ending("binary_cross_entropy", "spirals", 1),
    "binary_cross_entropy after sigmoid": ending("binary_cross_entropy", "spirals", 1, "sigmoid"),
    "binary_cross_entropy of rows": ending("binary_cross_entropy", "iris", 3, target="one_hot"),
    "mean_squared_error": ending("mean_squared_error", "wave", 1),
    "mean_squared_error of rows": ending("mean_squared_error", "iris", 3, target="one_hot"),
    **{kind: ending(kind, "wave", 1) for kind in ("mean_absolute_error", "huber", "log_cosh")},
    **{
        f"{kind} of rows": ending(kind, "iris", 3, target="one_hot")
        for kind in ("mean_absolute_error", "huber", "log_cosh", "hinge", "categorical_hinge")
    },
    "huber, narrow": ending("huber", "wave", 1, delta=0.2),
    "hinge": ending("hinge", "spirals", 1),
    "categorical_hinge": ending("categorical_hinge", "iris", 3),
    "kl_divergence": ending("kl_divergence", "iris", 3, target="one_hot"),
    "kl_divergence after softmax": ending("kl_divergence", "iris", 3, "softmax", target="one_hot"),
    "poisson": ending("poisson", "iris", 3, target="one_hot"),
    "poisson of rates": ending("poisson", "iris", 3, "softplus", target="one_hot", log_rate=False),
    "cross_entropy, smoothed": ending("cross_entropy", "iris", 3, label_smoothing=0.2),
    "cross_entropy of rows, smoothed": ending(
        "cross_entropy", "iris", 3, target="one_hot", label_smoothing=0.2
    ),
    "binary_cross_entropy, smoothed": ending(
        "binary_cross_entropy", "spirals", 1, label_smoothing=0.2
    ),
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
SCHEDULES = {
    name: trained(schedule=name, momentum=0.0, epochs=10, decay_epochs=3, cycle_epochs=3, **options)
    for name, options in {
        "step": {},
        "exponential": {},
        "polynomial": {"power": 2.0},
        "cosine": {"final_factor": 0.1},
        "cosine_restarts": {},
        "one_cycle": {},
    }.items()
}
SCHEDULES["cosine with momentum"] = trained(schedule="cosine", momentum=0.9, epochs=10)
PRACTICES = {
    "clipped values": trained(clipping="value", clip_limit=0.05),
    "clipped norms": trained(clipping="norm", clip_limit=0.1),
    "clipped global norm": trained(clipping="global_norm", clip_limit=0.1),
    "penalties": trained(l1=0.01, l2=0.02),
    "penalty of one layer": row(("dense", {"units": 4, "activation": "tanh", "l2": 0.1})),
    "bounded norms": trained(max_norm=0.7),
}
