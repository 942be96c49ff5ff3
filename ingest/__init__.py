"""From a file to facts: reading, structure, names, quantities, attribution."""
