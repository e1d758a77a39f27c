"""How well the assistant answers and retrieves: data sets, metrics, runs and reports."""
