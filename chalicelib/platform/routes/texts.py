"""The catalogue of texts, the tenant's own words in it, and help on fields."""

from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError

from chalicelib.kernel.errors import Invalid
from chalicelib.platform import help_topics, texts, today, wording
from chalicelib.platform.http.routes import ANY, SIGNED_IN, Routes
from chalicelib.platform.kinds_declared import PLACEHOLDER, TRANSLATION
from chalicelib.platform.parameters import service
from chalicelib.platform.schemas.texts import HelpQuery, HelpTopic, TextOverride, TextsQuery, TextView
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")

_KEY = TypeAdapter(
    Annotated[str, StringConstraints(pattern=r"^[a-z][a-zA-Z0-9_]*(\.[a-zA-Z0-9_]+)*$", max_length=120)]
)
_LANGUAGE = TypeAdapter(Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")])


class MalformedKey(Invalid):
    """Keys of texts are lower-case words joined by dots; languages are BCP 47 tags."""

    code = "malformed_text_key"


class UnknownPlaceholder(Invalid):
    """The words have a placeholder that the text does not fill."""

    code = "unknown_placeholder"


@routes.get("/texts/{language}", permission=SIGNED_IN, realm=ANY, query=TextsQuery, response=dict[str, str])
def read_texts(work: UnitOfWork, language: str, query: TextsQuery) -> dict[str, str]:
    """Every text in a language, fallbacks and the tenant's own words applied."""
    _checked(_LANGUAGE, language, "language")
    return wording.catalogue(work, language, query.prefix)


@routes.put(
    "/texts/{language}/{key}", permission="platform.manage_texts", request=TextOverride, response=TextView
)
def change_text(work: UnitOfWork, language: str, key: str, body: TextOverride) -> TextView:
    """Reword or translate one text; it is read so from the next request on."""
    _checked(_LANGUAGE, language, "language")
    _checked(_KEY, key, "key")
    _check_placeholders(key, body.text)
    day = today.calendar_day(work)
    known = work.config.find(TRANSLATION, key, day)
    words = dict(known.texts) if known else {}
    if body.text.strip():
        words[language] = body.text
    else:
        words.pop(language, None)
    rest = words or (dict(known.texts) if known else {})
    if rest:
        service.propose(work, TRANSLATION, key, {"texts": rest}, day, today=day, retired=not words)
    own = {step: {key: words[step]} for step in words}
    return TextView(key=key, language=language, text=texts.text(key, language, own))


@routes.get("/help-topics", permission=SIGNED_IN, realm=ANY, query=HelpQuery, response=HelpTopic)
def read_help(work: UnitOfWork, query: HelpQuery) -> HelpTopic:
    """What a field means and the values it takes now."""
    return help_topics.topic(work, query.screen, query.field)


def _checked(adapter: TypeAdapter[str], value: str, field: str) -> None:
    try:
        adapter.validate_python(value)
    except ValidationError:
        raise MalformedKey(field) from None


def _check_placeholders(key: str, words: str) -> None:
    original = texts.find(key, texts.SPANISH)
    unknown = set(PLACEHOLDER.findall(words)) - set(PLACEHOLDER.findall(original or words))
    if unknown:
        raise UnknownPlaceholder("text", placeholder=sorted(unknown)[0])
