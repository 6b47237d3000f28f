"""YAML as parameter files write it: numbers with a point and dates are text, so that nothing is rounded."""

import re
from typing import Any

import yaml

from chalicelib.platform.parameters.exchange import MalformedYaml

DEEPEST = 20


class TextLoader(yaml.SafeLoader):
    """Reads only null, true, false and plain integers as such: all else is text, as it is written.

    Refuses anchors and deep nesting, by which a small text could keep the bank busy.
    """

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.YAMLError("nesting")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


TextLoader.yaml_implicit_resolvers = {}
TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|)$"), ["~", "n", ""])
TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9][0-9]*)$"), list("-0123456789")
)


def documents(text: str) -> list[Any]:
    """The documents of a text. Raises MalformedYaml with the line."""
    try:
        return [document for document in yaml.load_all(text, Loader=TextLoader) if document is not None]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MalformedYaml("yaml", line=mark.line + 1 if mark else 1) from None
    except (ValueError, RecursionError):
        raise MalformedYaml("yaml", line=1) from None


def written(documents: list[Any]) -> str:
    """A stream of documents as YAML text, in the order of their keys as given."""
    return yaml.safe_dump_all(documents, allow_unicode=True, sort_keys=False, width=120)
