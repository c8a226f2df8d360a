"""The bundled examples in an order: by topic, and by the systems of the syllabus that they show."""

from __future__ import annotations

# in the order in which a class may go through them
TOPICS = {
    "first_steps": (
        "iris",
        "circles_binary",
        "spiral",
        "checkerboard",
        "wave",
        "least_squares",
        "back_propagation",
    ),
    "tables": (
        "wine",
        "breast_cancer",
        "garden",
    ),
    "pictures": (
        "welcome",
        "digits_mlp",
        "few_digits",
        "few_digits_augmented",
        "printed_letters",
        "hanzi",
        "coloured_shapes",
    ),
    "famous": (
        "lenet",
        "vgg",
        "inception",
        "googlenet",
        "batch_norm",
        "residual",
        "resnet",
        "densenet",
        "mobilenet",
    ),
    "restoring": (
        "autoencoder",
        "denoising",
        "unet",
    ),
    "sequences": (
        "article_rnn",
        "digit_rows",
        "adding_rnn",
        "adding_lstm",
        "adding_gru",
        "copy_memory",
        "parity",
        "both_directions",
        "forecast",
        "sunspots",
        "carbon_dioxide",
        "seq2seq",
    ),
    "language": (
        "alice",
        "lunyu",
        "names",
        "moods_en",
        "moods_zh",
        "sentences",
        "transformer",
        "transformer_names",
    ),
    "practice": (
        "loss_cross_entropy",
        "loss_squared_error",
        "over_fitting",
        "against_more_data",
        "against_augmentation",
        "against_fewer_units",
        "against_dropout",
        "against_l1",
        "against_l2",
        "against_early_stopping",
    ),
}

# which systems of the syllabus an example shows
SYSTEMS: dict[str, tuple[str, ...]] = {
    "iris": ("S1",),
    "digits_mlp": ("S1",),
    "spiral": ("S1",),
    "checkerboard": ("S1",),
    "least_squares": ("S5",),
    "back_propagation": ("S6",),
    "circles_binary": ("S7",),
    "loss_cross_entropy": ("S7",),
    "loss_squared_error": ("S7",),
    "welcome": ("S2", "S8", "S10"),
    "lenet": ("S2", "S8"),
    "vgg": ("S2",),
    "coloured_shapes": ("S2",),
    "printed_letters": ("S2", "S8"),
    "article_rnn": ("S3", "S9", "S11"),
    "parity": ("S3", "S9"),
    "adding_rnn": ("S3",),
    "adding_lstm": ("S4",),
    "digit_rows": ("S4",),
    "both_directions": ("S4",),
    "few_digits": ("S12",),
    "few_digits_augmented": ("S12",),
    **dict.fromkeys(("over_fitting", *(n for n in TOPICS["practice"] if "against" in n)), ("S12",)),
}


def topic_of(name: str) -> str:
    """The topic that an example belongs to."""
    return next(topic for topic, names in TOPICS.items() if name in names)
