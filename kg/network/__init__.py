"""The knowledge base as a network of entities, claims, sources and documents."""

from kg.network.analysis import communities, pagerank
from kg.network.names import find_entity
from kg.network.paths import Hop, explained_path
from kg.network.picture import neighbourhood_svg
from kg.network.view import entities_of, network
from kg.network.writing import graphml, node_link

__all__ = [
    "Hop",
    "communities",
    "entities_of",
    "explained_path",
    "find_entity",
    "graphml",
    "neighbourhood_svg",
    "network",
    "node_link",
    "pagerank",
]
