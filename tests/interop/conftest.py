"""What the tests of this folder print besides their outcome: counts and findings, after pytest's own summary."""

import pytest

FINDINGS = pytest.StashKey()


@pytest.fixture(scope="session")
def note(pytestconfig):
    """note(line) prints a line at the end of the run."""
    return pytestconfig.stash.setdefault(FINDINGS, []).append


def pytest_terminal_summary(terminalreporter, config):
    for line in config.stash.get(FINDINGS, []):
        terminalreporter.write_line(line)
