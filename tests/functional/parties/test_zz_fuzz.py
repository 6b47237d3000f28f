import random
import urllib.parse

from tests.functional.parties.people import a_natural_person, register


def test_fuzz(bank):
    rnd=random.Random(4)
    me=bank("manager")
    p=register(bank,a_natural_person(addresses=[{"address_type":"HOME"}])).json
    bad=[]
    weird=["#","##","a#b","%","\u0000","ñ","é"*80,"1"*80,"+","0","00000","-","..","'","\"","{}","{x}","\u200b","ab","a b c d e f g","٣٤٥٦٧٨٩","１２３４５６７","1e5","-5","\ud7ff","🙂🙂🙂"]
    for by in ["any","name","short_name","document","number","phone","officer","issue_place"]:
        for w in weird:
            r=me.get("/v1/parties/parties?"+urllib.parse.urlencode({"q":w,"by":by}))
            if r.status>=500: bad.append((by,w,r.text))
    vals=[None,"",0,-1,10**30,1.5,True,[],{}, "x"*500,"\u0000","2026-02-30","9999-12-31","0001-01-01","CAS",["a"],[{}],[{"phone_number":"1"*30}],{"a":"b"},{"a":None},[None],"ñ"]
    base=a_natural_person()
    names=["kind","party_type","branch","document_type","document_number","given_1","birth_date","sex","children","phones","emails","finances","user_fields","addresses","number","form","related_to","officer","language","document_expires_on","confirm_check_digit","marketing_consent","short_name","emboss_name","business_name","incorporated_on","confidentiality_level"]
    for n in names:
        for v in vals:
            for m,path,body in (("POST","/v1/parties/parties",{**a_natural_person(),n:v}),("PATCH",f"/v1/parties/parties/{p['id']}",{n:v}),("POST",f"/v1/parties/parties/{p['id']}/identity-changes",{n:v,"reason":"abc"})):
                r=me.send(m,path,body)
                if r.status>=500: bad.append((m,path,n,v,r.text))
    for path in ("addresses","relations","notes"):
        for n in ("address_type","purpose","line_1","valid_from","phone_number","relationship_type","party_id","text","kind","expires_on","country"):
            for v in vals:
                body={"addresses":{"address_type":"HOME"},"relations":{"relationship_type":"SPOUSE","party_id":p["id"]},"notes":{"text":"a"}}[path]
                r=me.post(f"/v1/parties/parties/{p['id']}/{path}",{**body,n:v})
                if r.status>=500: bad.append((path,n,v,r.text))
    for q in ("on=9999-12-31","on=0001-01-01","on=x","entity=party&on=9999-12-31"):
        for path in ("branches","calendars","cycles","code-tables","code-tables/sex","user-fields","branches/1"):
            r=bank("admin").get(f"/v1/administration/{path}?{q}")
            if r.status>=500: bad.append((path,q,r.text))
    for q in ("from=9999-12-01&to=9999-12-31","from=0001-01-01&to=0001-01-31","from=2026-01-01&to=2026-12-31&branch=77","from=x"):
        for path in ("cycles/MONTH_END/dates","cycles/DAILY/dates","calendars/national/processing-days"):
            r=bank("admin").get(f"/v1/administration/{path}?{q}")
            if r.status>=500: bad.append((path,q,r.text))
    for a in ("9999-12-31","0001-01-01"):
        r=bank("admin").get(f"/v1/administration/calendars/national/next?after={a}")
        if r.status>=500: bad.append(("next",a,r.text))
        r=bank("admin").post("/v1/administration/branches/1/openings",{"first_business_date":a})
        if r.status>=500: bad.append(("open",a,r.text))
    uv=[None,"",0,[],["x"],"own","zz","1",["1","2"],[1],"a@b.c","+593"]
    for n in ("username","name","email","phone","roles","branch","branches","branch_scope","language","level"):
        for v in uv:
            b={"username":"fuzz.%d"%rnd.randrange(10**6),"name":"x","email":"a@b.cd","roles":["teller"],"branch":"1",n:v}
            r=bank("admin").post("/v1/administration/users",b)
            if r.status>=500: bad.append(("user",n,v,r.text))
            r=bank("admin").patch(f"/v1/administration/users/{bank.person('teller').id}",{n:v})
            if r.status>=500: bad.append(("patchuser",n,v,r.text))
    print(len(bad))
    for b in bad[:20]: print(b)
    assert not bad
