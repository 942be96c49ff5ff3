"""Questions and answers: indexes, understanding, planning, composing, the command line."""
