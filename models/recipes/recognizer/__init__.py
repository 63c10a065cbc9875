"""Recipe of the starter speech recogniser: synthesis, training, export, evaluation."""
