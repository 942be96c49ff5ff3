"""The ways of answering, a module for each; `order` tells which are tried for which question."""
