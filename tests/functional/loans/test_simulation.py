import json
def test_x(module_bank):
    api = module_bank
    r = api().get("/v1/loans/products?tenant=sisa"); print(r.status, r.text[:3000])
    body={"tenant":"sisa","product":"CONS","principal":{"amount":"5000","currency":"USD"},"instalments":24}
    r = api().post("/v1/loans/simulations",body); print(r.status, r.text[:4000])
    assert 0
