from __future__ import annotations

from auth0_api_policies import RULES, access_token_lifetime, documentation, exemption_used


def test_the_table_has_a_row_for_every_rule() -> None:
    """Rules cannot be missing from the documentation."""
    rows = documentation.table(RULES)
    assert [row.rule for row in rows] == [f"`{rule.name}`" for rule in RULES]
    assert all(row.checks and row.severity for row in rows)


def test_a_row_tells_the_rules_own_options_and_whether_it_remediates() -> None:
    """The options that every rule has are told once, elsewhere."""
    (row,) = documentation.table([access_token_lifetime])
    assert row.options == "`maxSeconds`: `86400`"
    assert row.remediates == "yes"


def test_a_row_tells_what_a_rule_does_without_a_configuration() -> None:
    """The level of the preset that counts where nothing is configured."""
    rows = documentation.table([access_token_lifetime, exemption_used])
    assert [row.default for row in rows] == ["mandatory", "advisory"]


def test_the_table_is_markdown() -> None:
    """No cell breaks the table."""
    lines = documentation.markdown_table(RULES).splitlines()
    assert len(lines) == len(RULES) + 2
    assert {line.count("|") for line in lines} == {8}


def test_every_rule_has_a_text_with_its_reason_and_its_remedy() -> None:
    """The text is the module's, so that code and documentation are one."""
    for rule in RULES:
        text = documentation.text(rule)
        assert f"To fix: {rule.remediation_steps}" in text
        assert rule is exemption_used or len(text.split("\n\n")[2]) > 40
