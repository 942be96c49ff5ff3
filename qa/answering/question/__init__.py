"""What a question asks: kind, names, metric, times and amounts; or what it leaves to the last."""
