"""How the shipped embedding model is made: ``python -m training --data DIR --out DIR``."""
