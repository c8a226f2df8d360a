"""Where layers, losses, optimizers, schedules and initializers were first described.

Layers name their papers in short ("He et al. 2016") with their declaration; what an option chooses
is named here, by option and value. `PAPERS` says in full what the short names mean.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, book or lecture."""

    authors: str
    title: str
    year: int


PAPERS: dict[str, Paper] = {
    name: Paper(authors, title, int(name.rpartition(" ")[2]))
    for name, (authors, title) in {
        "Ba et al. 2016": ("J. L. Ba, J. R. Kiros, G. E. Hinton", "Layer Normalization"),
        "Bengio et al. 2003": (
            "Y. Bengio, R. Ducharme, P. Vincent, C. Jauvin",
            "A Neural Probabilistic Language Model",
        ),
        "Bishop 1995": (
            "C. M. Bishop",
            "Training with Noise Is Equivalent to Tikhonov Regularization",
        ),
        "Bridle 1990": (
            "J. S. Bridle",
            "Probabilistic Interpretation of Feedforward Classification Network Outputs, with "
            "Relationships to Statistical Pattern Recognition",
        ),
        "Chen et al. 2023": (
            "X. Chen, C. Liang, D. Huang and others",
            "Symbolic Discovery of Optimization Algorithms",
        ),
        "Cho et al. 2014": (
            "K. Cho, B. van Merriënboer, Ç. Gülçehre and others",
            "Learning Phrase Representations Using RNN Encoder–Decoder for Statistical Machine "
            "Translation",
        ),
        "Chollet 2017": (
            "F. Chollet",
            "Xception: Deep Learning with Depthwise Separable Convolutions",
        ),
        "Clevert et al. 2016": (
            "D.-A. Clevert, T. Unterthiner, S. Hochreiter",
            "Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)",
        ),
        "Cortes & Vapnik 1995": ("C. Cortes, V. Vapnik", "Support-Vector Networks"),
        "Cox 1958": ("D. R. Cox", "The Regression Analysis of Binary Sequences"),
        "Crammer & Singer 2001": (
            "K. Crammer, Y. Singer",
            "On the Algorithmic Implementation of Multiclass Kernel-Based Vector Machines",
        ),
        "DeVries & Taylor 2017": (
            "T. DeVries, G. W. Taylor",
            "Improved Regularization of Convolutional Neural Networks with Cutout",
        ),
        "Dozat 2016": ("T. Dozat", "Incorporating Nesterov Momentum into Adam"),
        "Duchi et al. 2011": (
            "J. Duchi, E. Hazan, Y. Singer",
            "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
        ),
        "Dugas et al. 2001": (
            "C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia",
            "Incorporating Second-Order Functional Knowledge for Better Option Pricing",
        ),
        "Elfwing et al. 2018": (
            "S. Elfwing, E. Uchibe, K. Doya",
            "Sigmoid-Weighted Linear Units for Neural Network Function Approximation in "
            "Reinforcement Learning",
        ),
        "Elman 1990": ("J. L. Elman", "Finding Structure in Time"),
        "Glorot & Bengio 2010": (
            "X. Glorot, Y. Bengio",
            "Understanding the Difficulty of Training Deep Feedforward Neural Networks",
        ),
        "Goodfellow et al. 2013": (
            "I. J. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio",
            "Maxout Networks",
        ),
        "Green 1990": (
            "P. J. Green",
            "Bayesian Reconstructions from Emission Tomography Data Using a Modified EM Algorithm",
        ),
        "He et al. 2015": (
            "K. He, X. Zhang, S. Ren, J. Sun",
            "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet "
            "Classification",
        ),
        "He et al. 2016": (
            "K. He, X. Zhang, S. Ren, J. Sun",
            "Deep Residual Learning for Image Recognition",
        ),
        "Hendrycks & Gimpel 2016": (
            "D. Hendrycks, K. Gimpel",
            "Gaussian Error Linear Units (GELUs)",
        ),
        "Hochreiter & Schmidhuber 1997": (
            "S. Hochreiter, J. Schmidhuber",
            "Long Short-Term Memory",
        ),
        "Howard et al. 2019": (
            "A. Howard, M. Sandler, G. Chu and others",
            "Searching for MobileNetV3",
        ),
        "Hu et al. 2018": ("J. Hu, L. Shen, G. Sun", "Squeeze-and-Excitation Networks"),
        "Huber 1964": ("P. J. Huber", "Robust Estimation of a Location Parameter"),
        "Ioffe & Szegedy 2015": (
            "S. Ioffe, C. Szegedy",
            "Batch Normalization: Accelerating Deep Network Training by Reducing Internal "
            "Covariate Shift",
        ),
        "Kingma & Ba 2015": ("D. P. Kingma, J. Ba", "Adam: A Method for Stochastic Optimization"),
        "Klambauer et al. 2017": (
            "G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter",
            "Self-Normalizing Neural Networks",
        ),
        "Kullback & Leibler 1951": (
            "S. Kullback, R. A. Leibler",
            "On Information and Sufficiency",
        ),
        "Laplace 1774": (
            "P.-S. Laplace",
            "Mémoire sur la probabilité des causes par les évènements",
        ),
        "Le et al. 2015": (
            "Q. V. Le, N. Jaitly, G. E. Hinton",
            "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units",
        ),
        "LeCun et al. 1989": (
            "Y. LeCun, B. Boser, J. S. Denker and others",
            "Backpropagation Applied to Handwritten Zip Code Recognition",
        ),
        "LeCun et al. 1998": (
            "Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller",
            "Efficient BackProp",
        ),
        "Legendre 1805": (
            "A.-M. Legendre",
            "Nouvelles méthodes pour la détermination des orbites des comètes",
        ),
        "Lin et al. 2014": ("M. Lin, Q. Chen, S. Yan", "Network In Network"),
        "Loshchilov & Hutter 2017": (
            "I. Loshchilov, F. Hutter",
            "SGDR: Stochastic Gradient Descent with Warm Restarts",
        ),
        "Loshchilov & Hutter 2019": (
            "I. Loshchilov, F. Hutter",
            "Decoupled Weight Decay Regularization",
        ),
        "Maas et al. 2013": (
            "A. L. Maas, A. Y. Hannun, A. Y. Ng",
            "Rectifier Nonlinearities Improve Neural Network Acoustic Models",
        ),
        "McCulloch & Pitts 1943": (
            "W. S. McCulloch, W. Pitts",
            "A Logical Calculus of the Ideas Immanent in Nervous Activity",
        ),
        "Nair & Hinton 2010": (
            "V. Nair, G. E. Hinton",
            "Rectified Linear Units Improve Restricted Boltzmann Machines",
        ),
        "Nelder & Wedderburn 1972": (
            "J. A. Nelder, R. W. M. Wedderburn",
            "Generalized Linear Models",
        ),
        "Oquab et al. 2015": (
            "M. Oquab, L. Bottou, I. Laptev, J. Sivic",
            "Is Object Localization for Free? Weakly-Supervised Learning with Convolutional "
            "Neural Networks",
        ),
        "Pascanu et al. 2013": (
            "R. Pascanu, T. Mikolov, Y. Bengio",
            "On the Difficulty of Training Recurrent Neural Networks",
        ),
        "Robbins & Monro 1951": ("H. Robbins, S. Monro", "A Stochastic Approximation Method"),
        "Rosenblatt 1958": (
            "F. Rosenblatt",
            "The Perceptron: A Probabilistic Model for Information Storage and Organization in "
            "the Brain",
        ),
        "Rumelhart et al. 1986": (
            "D. E. Rumelhart, G. E. Hinton, R. J. Williams",
            "Learning Representations by Back-Propagating Errors",
        ),
        "Salton et al. 1975": (
            "G. Salton, A. Wong, C. S. Yang",
            "A Vector Space Model for Automatic Indexing",
        ),
        "Saxe et al. 2014": (
            "A. M. Saxe, J. L. McClelland, S. Ganguli",
            "Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural Networks",
        ),
        "Sifre 2014": ("L. Sifre", "Rigid-Motion Scattering for Image Classification"),
        "Simard, Steinkraus & Platt 2003": (
            "P. Y. Simard, D. Steinkraus, J. C. Platt",
            "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis",
        ),
        "Smith & Topin 2018": (
            "L. N. Smith, N. Topin",
            "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
        ),
        "Srivastava et al. 2014": (
            "N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov",
            "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
        ),
        "Szegedy et al. 2015": (
            "C. Szegedy, W. Liu, Y. Jia and others",
            "Going Deeper with Convolutions",
        ),
        "Tieleman & Hinton 2012": (
            "T. Tieleman, G. Hinton",
            "Lecture 6.5: RMSProp, Divide the Gradient by a Running Average of Its Recent "
            "Magnitude",
        ),
        "Tompson et al. 2015": (
            "J. Tompson, R. Goroshin, A. Jain, Y. LeCun, C. Bregler",
            "Efficient Object Localization Using Convolutional Networks",
        ),
        "Vaswani et al. 2017": (
            "A. Vaswani, N. Shazeer, N. Parmar and others",
            "Attention Is All You Need",
        ),
        "Waibel et al. 1989": (
            "A. Waibel, T. Hanazawa, G. Hinton, K. Shikano, K. J. Lang",
            "Phoneme Recognition Using Time-Delay Neural Networks",
        ),
        "Wu & He 2018": ("Y. Wu, K. He", "Group Normalization"),
        "Zeiler 2012": ("M. D. Zeiler", "ADADELTA: An Adaptive Learning Rate Method"),
        "Zeiler et al. 2010": (
            "M. D. Zeiler, D. Krishnan, G. W. Taylor, R. Fergus",
            "Deconvolutional Networks",
        ),
        "Zhou & Chellappa 1988": (
            "Y.-T. Zhou, R. Chellappa",
            "Computation of Optical Flow Using a Neural Network",
        ),
    }.items()
}

_BENDS = {
    "relu": "Nair & Hinton 2010",
    "leaky_relu": "Maas et al. 2013",
    "elu": "Clevert et al. 2016",
    "selu": "Klambauer et al. 2017",
    "gelu": "Hendrycks & Gimpel 2016",
    "silu": "Elfwing et al. 2018",
    "softplus": "Dugas et al. 2001",
    "sigmoid": "Rumelhart et al. 1986",
    "hard_sigmoid": "Howard et al. 2019",
    "tanh": "LeCun et al. 1998",
    "step": "McCulloch & Pitts 1943",
    "softmax": "Bridle 1990",
}
CHOSEN: dict[str, dict[str, str]] = {  # by option and value
    "optimizer": {
        "adam": "Kingma & Ba 2015",
        "sgd": "Robbins & Monro 1951",
        "adamw": "Loshchilov & Hutter 2019",
        "nadam": "Dozat 2016",
        "rmsprop": "Tieleman & Hinton 2012",
        "adagrad": "Duchi et al. 2011",
        "adadelta": "Zeiler 2012",
        "lion": "Chen et al. 2023",
    },
    "schedule": {
        "cosine": "Loshchilov & Hutter 2017",
        "cosine_restarts": "Loshchilov & Hutter 2017",
        "one_cycle": "Smith & Topin 2018",
    },
    "clipping": {"norm": "Pascanu et al. 2013", "global_norm": "Pascanu et al. 2013"},
    "initializer": {
        "glorot_uniform": "Glorot & Bengio 2010",
        "glorot_normal": "Glorot & Bengio 2010",
        "he_uniform": "He et al. 2015",
        "he_normal": "He et al. 2015",
        "lecun_uniform": "LeCun et al. 1998",
        "lecun_normal": "LeCun et al. 1998",
        "identity": "Le et al. 2015",
        "orthogonal": "Saxe et al. 2014",
    },
    "activation": _BENDS,
    "function": _BENDS,
}


def papers_of(source: str) -> tuple[Paper, ...]:
    """The papers that a layer's declaration names in short, parted by semicolons."""
    return tuple(PAPERS[name] for name in source.split("; ") if name)


def paper_of(option: str, value: object) -> Paper | None:
    """The paper about what an option chooses, if there is one."""
    name = CHOSEN.get(option, {}).get(value) if isinstance(value, str) else None
    return PAPERS[name] if name else None
