"""What the gateway and the local edge answer by themselves says in both languages what happened and what to do."""

import json

import pytest

from infra.openapi import GATEWAY_RESPONSES
from infra.problems import GATEWAY_PROBLEMS, Problem


@pytest.mark.parametrize("kind", sorted(GATEWAY_PROBLEMS))
def test_a_problem_of_the_gateway_has_the_form_and_words_of_the_banks_own(kind: str) -> None:
    problem = GATEWAY_PROBLEMS[kind]
    written = json.loads(GATEWAY_RESPONSES[kind]["responseTemplates"]["application/json"])
    assert (written["type"], written["status"]) == (f"/problems/{problem.code}", problem.status)
    assert written["request_id"] == "$context.requestId"
    for name in ("title", "detail"):
        spanish, english = getattr(problem, name)
        assert written[name] == f"{spanish} / {english}"
        assert spanish != english
    assert all(words.endswith(".") for words in problem.detail)


def test_its_texts_stand_as_they_are_in_a_template_of_the_gateway() -> None:
    """The templates are Velocity: a dollar or a hash begins something there, a quote ends the JSON text."""
    texts = [words for problem in _problems() for words in (*problem.title, *problem.detail)]
    assert not [words for words in texts if set('$#"\\') & set(words)]


def _problems() -> list[Problem]:
    return list(dict.fromkeys(GATEWAY_PROBLEMS.values()))
