"""The knowledge graph: records, vocabulary, store, queries and exports."""
