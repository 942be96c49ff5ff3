"""Queries in a process of their own, which is killed when one of them overruns its limits.

The store runs a query to its end and cannot be told to stop, so a thread would not do.
"""
