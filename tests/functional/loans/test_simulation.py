import json
def test_x(module_bank):
    api = module_bank
    body={"principal":{"amount":"10000","currency":"USD"},"instalments":12,"terms":{"rate":{"percent":"18"}},"disbursed_on":"2026-01-15",
      "events":[{"kind":"payment","on":"2026-05-15","amount":{"amount":"3000","currency":"USD"}}]}
    r = api("officer").post("/v1/loans/simulations",body); j=r.json; print(r.status, {k:v for k,v in j.items() if k!="rows"}); 
    for row in j.get("rows",[]): print(row["number"],row["due_on"],row["principal"]["amount"],row["interest"]["amount"],row["instalment"]["amount"],row["balance"]["amount"],row["drawn"])
    body["events"][0]["effect"]="shorten_term"
    r = api("officer").post("/v1/loans/simulations",body); j=r.json; print(r.status, j["course"]); 
    for row in j.get("rows",[]): print(row["number"],row["due_on"],row["principal"]["amount"],row["interest"]["amount"],row["instalment"]["amount"],row["balance"]["amount"],row["drawn"])
    r = api("officer").post("/v1/loans/simulations/documents",{**body,"format":"csv"}); import base64; print(base64.b64decode(r["content_base64"]).decode())
    assert 0
