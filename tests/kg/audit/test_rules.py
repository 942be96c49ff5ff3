"""Rules as files: those that come along, the user's, their tuning and what is wrong with them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.audit.rule import KINDS, NOTES, fingerprint, own_rules, rules_of, tuned
from kg.errors import InputError

RULE = """# title-zh: 大数
# title-en: large
# zh: 大数
# en: large amounts
# kind: unit
# severity: note
# check: always
# parameter: least decimal 10 | 至少 | at least
SELECT ?case ?role ?figure WHERE {
  ?figure a yz:FigureClaim BIND (?figure AS ?case) BIND ("value" AS ?role) }
"""


def test_every_kind_that_arithmetic_proves_has_a_rule_that_makes_an_error() -> None:
    assert {rule.kind for rule in own_rules() if rule.severity == "error"} == set(KINDS)
    assert {rule.kind for rule in own_rules() if rule.severity == "note"} == set(NOTES)


def test_a_folder_adds_replaces_tunes_and_switches_off(tmp_path: Path) -> None:
    (tmp_path / "large.rq").write_text(RULE, "utf-8")
    (tmp_path / "settings.toml").write_text(
        "[stated-gap]\nslack = 2.5\n[called-extreme]\non = false\n[large]\nleast = 20\n", "utf-8"
    )
    rules = {rule.name: rule for rule in rules_of([tmp_path, tmp_path / "none"])}
    assert rules["large"].settings == {"least": Decimal(20)}
    assert rules["stated-gap"].settings == {"slack": Decimal("2.5")}
    assert "called-extreme" not in rules
    assert len(rules) == len(own_rules())
    assert fingerprint(rules.values()) != fingerprint(own_rules())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# kind: unit", "# kind: units", "no kind 'units'; there are: difference"),
        ("# severity: note", "# severity: bad", "severity is error or note, not 'bad'"),
        ("# check: always", "# check: never", "no check 'never'; there are: gap"),
        ("# zh: 大数\n", "", "the line '# zh: …' is missing"),
        ("SELECT", "SELECT FROM", "large.rq: the query is broken"),
        ("decimal 10", "text 10", "a parameter is told as"),
        ("decimal 10", "decimal ten", "'least' is 'ten'; it has to be a number"),
    ],
)
def test_a_faulty_rule_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "large.rq").write_text(RULE.replace(old, new), "utf-8")
    with pytest.raises(InputError, match=r"large\.rq") as raised:
        rules_of([tmp_path])
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[no-rule]\non = false", "no audit rule 'no-rule'; there are: "),
        ("[stated-gap]\nslak = 1", "has no parameter 'slak'; it has: slack"),
        ("[stated-gap]\nslack = true", "it has to be a number"),
        ("[stated-gap]\non = 1", "'on' is true or false, not 1"),
        ("stated-gap = 1", "settings are a table, such as [stated-gap]"),
        ("[", "no TOML"),
    ],
)
def test_faulty_settings_are_named(tmp_path: Path, settings: str, message: str) -> None:
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    with pytest.raises(InputError, match=r"settings\.toml") as raised:
        rules_of([tmp_path])
    assert message in str(raised.value)


def test_tuning_changes_no_other_rule() -> None:
    changed = tuned(own_rules(), {"stated-rate": {"slack": "3"}})
    assert [rule.name for rule in changed] == [rule.name for rule in own_rules()]
    assert sum(one != other for one, other in zip(changed, own_rules(), strict=True)) == 1
