"""Whether what a document tells answers a question: of whom, of what, when, which way."""
