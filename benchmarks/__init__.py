"""Figures that depend on the machine: printed here, never asserted by a test."""
