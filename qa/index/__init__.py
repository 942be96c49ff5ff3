"""What retrieval searches: passages, their vectors and their terms. All derived from the graph."""
