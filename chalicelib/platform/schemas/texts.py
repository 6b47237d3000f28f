"""Texts of the catalogue and help on fields."""

from pydantic import Field

from chalicelib.platform.http.payload import Payload, View


class TextsQuery(Payload):
    """Only the keys that begin so, or so: ``member.,ui.`` names two beginnings."""

    prefix: str = Field("", max_length=120)


class TextOverride(Payload):
    """The tenant's own words; ``{name}`` keeps its place. Empty words go back to the bank's own."""

    text: str = Field(max_length=4000)


class TextView(View):
    """A key and the words that are read from now on."""

    key: str
    language: str
    text: str


class HelpQuery(Payload):
    """A field of a form: the operation (``parties.register_party``) or parameter kind, and the field's name."""

    screen: str = Field(min_length=1, max_length=120)
    field: str = Field(min_length=1, max_length=120)


class Choice(View):
    """A value that a field may take, and what it is called."""

    value: str
    label: str


class HelpTopic(View):
    """What a field means and which values it takes now."""

    screen: str
    field: str
    label: str
    help: str
    values: list[Choice]
