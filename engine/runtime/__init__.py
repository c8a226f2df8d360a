"""From a drawing to numbers: plan, memory, workers, training, and the engine process's session."""
