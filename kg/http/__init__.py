"""The knowledge base over HTTP: the SPARQL 1.1 Protocol (query) and a page to write queries on."""
