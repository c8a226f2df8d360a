"""How good a trained network is: small functions of true and predicted values, after training.

What is measured in every batch is counted by kernels (`engine.kernels.plain.metrics`); what needs
all answers at once is here, computed by scikit-learn where it has it.
"""
