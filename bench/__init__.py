"""Benchmarks, as ratios against peers and floors of the same run; never part of the timed tests."""
