"""tmp"""
from datetime import date
from tests.support.bank import Bank
def test_small(bank: Bank):
    from chalicelib.workflows.seeding.seed import seed
    from chalicelib.workflows.seeding.history import Size
    import time
    t=time.time()
    done = seed("sisa", Size(members=30, months=2))
    print(done.members, done.accounts, done.postings, done.refused, done.days, time.time()-t)
