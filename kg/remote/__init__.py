"""The graph in any SPARQL 1.1 store that a URL leads to, for what one machine cannot hold.

What differs from a home on disk:

* Nothing is published.  A query sees what is written at its time; the generation, a number in
  the provenance graph that each write raises, tells readers to forget what they remember.
* A write is one update request, which a store takes whole or not at all.  It names the
  generation that it builds on and does nothing on any other, so of two writers one is refused.
* Where the store's default graph is not the union of all graphs, each query names the graphs
  of the knowledge base, so that it sees that union.
* Queries are refused and checked here, as on disk, and run there, with the store's own limits.
* Vectors, terms and the own lexicon are derived, and stay in a home on this machine.
"""
