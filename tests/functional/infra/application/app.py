"""A bank of two routes that has the shape of the real one: it lets the infrastructure be tested by itself."""

import json
import os
import sys
import time

import boto3
from chalice import Chalice, Response

CORE = os.environ.get("MINGA_PREFIX", "minga") + "-core"
JOURNAL = os.environ.get("MINGA_PREFIX", "minga") + "-journal"

schedules = {"start_due_runs": "rate(15 minutes)"}
app = Chalice(app_name="minga")
app.api.binary_types.append("application/pdf")


def _table(name):
    return boto3.resource("dynamodb", region_name="us-east-1").Table(name)


CLIENT = boto3.client("dynamodb", region_name="us-east-1")


def _log(message):
    print(json.dumps({"message": message}), file=sys.stderr)


@app.route("/v1/platform/health", methods=["GET"])
def health():
    _log("health")
    return {
        "state": "ok",
        "module": os.environ.get("MINGA_MODULE", ""),
        "stage": os.environ.get("MINGA_STAGE", ""),
    }


@app.route("/v1/access/sessions", methods=["POST"])
def sign_in():
    return Response({"token": app.current_request.json_body["username"]}, status_code=201)


@app.route("/v1/openapi.json", methods=["GET"])
def openapi():
    return {"openapi": "3.1.0"}


@app.route("/v1/deposits/accounts/{id}", methods=["GET", "PUT"])
def account(id):
    request = app.current_request
    key = {"pk": {"S": f"t1#deposits#account#{id}"}, "sk": {"S": "account"}}
    if request.method == "PUT":
        item = {**key, "balance": {"N": str(request.json_body["balance"])}}
        CLIENT.put_item(TableName=CORE, Item={**item, "g1pk": {"S": "t1#deposits#1"}, "g1sk": {"S": id}})
    item = CLIENT.get_item(TableName=CORE, Key=key, ConsistentRead=True).get("Item")
    _log("account")
    if not item:
        return Response({"code": "not_found"}, {"Content-Type": "application/problem+json"}, 404)
    return {"id": id, "balance": item["balance"]["N"], "worker": os.getpid()}


@app.route("/v1/deposits/quiet", methods=["GET"])
def quiet():
    return {"worker": os.getpid()}


@app.route("/v1/deposits/slow", methods=["GET"])
def slow():
    time.sleep(0.3)
    _log("slow")
    return {"worker": os.getpid()}


@app.route("/v1/deposits/statement", methods=["GET"])
def statement():
    return Response(b"%PDF-1.7 \xff\x00", {"Content-Type": "application/pdf"})


@app.route("/v1/deposits/movements/{id}", methods=["POST"])
def move(id):
    item = {"pk": {"S": f"t1#journal#{id}"}, "sk": {"S": "entry"}, "amount": {"N": "100"}}
    CLIENT.put_item(TableName=JOURNAL, Item=item)
    return Response({"id": id}, status_code=201)


class PieceFailed(Exception):
    """A piece of the closing that fails at the first attempt."""


def closing(event, context):
    """The tasks of the stub's end of day: plan pieces, work on one, finish."""
    _log("closing " + event["task"])
    if event["task"] == "plan":
        return {
            "pieces": [
                {"branch": branch, "fail": branch == "2"} for branch in event.get("branches", ["1", "2"])
            ]
        }
    if event["task"] == "work":
        piece = event["piece"]
        key = {"pk": {"S": f"t1#closing#{event['run_id']}"}, "sk": {"S": piece["branch"]}}
        done = CLIENT.get_item(TableName=CORE, Key=key, ConsistentRead=True).get("Item")
        CLIENT.put_item(TableName=CORE, Item={**key, "state": {"S": "done"}})
        if piece["fail"] and not done:
            raise PieceFailed("the first attempt fails")
        time.sleep(0.05)
        return {"branch": piece["branch"], "processed": 10}
    return {"finished": True}


def outbox(event, context):
    """Marks each new journal entry as published."""
    _log("outbox")
    failed = []
    for record in event["Records"]:
        entry = {"pk": record["dynamodb"]["Keys"]["pk"], "sk": {"S": "published"}}
        seen = "Item" in CLIENT.get_item(
            TableName=CORE, Key={**entry, "sk": {"S": "seen"}}, ConsistentRead=True
        )
        CLIENT.put_item(TableName=CORE, Item={**entry, "sk": {"S": "seen"}})
        if "second-try" in entry["pk"]["S"] and not seen:
            failed.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
        else:
            CLIENT.put_item(TableName=CORE, Item=entry)
    return {"batchItemFailures": failed}
