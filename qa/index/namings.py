"""What documents call things, in the forms that a question may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.lexicon.folding import fold
from ingest.lexicon.name_index import simplified
from kg.records import EntityType, Extraction

# What a firm's name may be cut by: 巴里克 of 巴里克矿业.
_KIND_OF_FIRM = re.compile(
    r"(?<=[\u4e00-\u9fff])(矿业|集团|控股|股份|科技|汽车|资产|航空|能源|医疗|药业|生物)$"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that a document has for an entity."""

    name: str
    entity: str  # Entity.id
    type: EntityType

    @property
    def forms(self) -> tuple[str, ...]:
        """The name as users type it, each form in the way in which names are compared."""
        return tuple(dict.fromkeys(map(comparable, typed_forms(self.name))))


def namings_of(extraction: Extraction) -> tuple[Naming, ...]:
    """All names of a document, of each entity its longest first."""
    return tuple(
        dict.fromkeys(
            Naming(name, entity.id, entity.type)
            for entity in extraction.entities
            for name in (entity.name, *entity.aliases)
        )
    )


def comparable(text: str) -> str:
    """*text* in half width, lower case and simplified characters, of the same length."""
    return simplified(fold(text))


def typed_forms(name: str) -> list[str]:
    """*name* as users type it: a ticker without its market too, no number under 5 digits."""
    market = re.fullmatch(r"[A-Z]{4} ([A-Z0-9.\-]+)|(\d{5,6})\.[A-Z]{2}", name)
    forms = [market[1]] if market and market[1] else [name, *([market[2]] if market else [])]
    short = _KIND_OF_FIRM.sub("", name)
    if re.fullmatch(r"[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+", name):
        forms.append(name.rpartition("·")[2])  # 科尔 of 丹尼尔·科尔
    forms += [short] if len(short) > 2 and short != name else []
    bare = name.removesuffix("指数")  # 标普小盘600 of 标普小盘600指数
    forms += [bare] if bare != name and re.search(r"\d$", bare) else []
    return [form for form in forms if len(form) > 1 and not (form.isdigit() and len(form) < 5)]
