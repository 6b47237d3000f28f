"""The bank's tables, made directly; the deployed ones come from ``infra``."""

from typing import Any

from chalicelib.platform import settings

TABLES = ("core", "journal", "config", "audit")
INDEXED_BY_BRANCH = frozenset({"core", "journal"})


def make_tables(dynamodb: Any) -> None:
    """Make the four tables of the installation that MINGA_PREFIX names."""
    for name in TABLES:
        dynamodb.create_table(**_description(name))


def _description(name: str) -> dict[str, Any]:
    text = ["pk", "sk", *(("g1pk", "g1sk") if name in INDEXED_BY_BRANCH else ())]
    description: dict[str, Any] = {
        "TableName": f"{settings.prefix()}-{name}",
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": each, "AttributeType": "S"} for each in text],
        "KeySchema": _keys("pk", "sk"),
    }
    if name in INDEXED_BY_BRANCH:
        description["GlobalSecondaryIndexes"] = [
            {
                "IndexName": "by_branch",
                "KeySchema": _keys("g1pk", "g1sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ]
    return description


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]
