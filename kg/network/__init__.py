"""The knowledge base as a network of entities, claims, sources and documents."""

from kg.network.analysis import communities, pagerank
from kg.network.between import sentences_between
from kg.network.names import find_entity
from kg.network.paths import Hop, explained_path
from kg.network.picture import neighbourhood_svg
from kg.network.view import entities_of, network
from kg.network.writing import EntityRank, entity_ranks, graphml, node_link

__all__ = [
    "EntityRank",
    "Hop",
    "communities",
    "entities_of",
    "entity_ranks",
    "explained_path",
    "find_entity",
    "graphml",
    "neighbourhood_svg",
    "network",
    "node_link",
    "pagerank",
    "sentences_between",
]
