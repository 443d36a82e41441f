"""Small directories of each version of HSDS. Every organization and place in them is made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

V11 = {
    "organizations.csv": "id,name,description,url\no1,Maple Door (fictional),Help for workers,www.example.org\n",
    "services.csv": "id,organization_id,name,status,fees,accrediations,taxonomy_ids\n"
    's1,o1,Night line (fictional),active,Free,None,"t1,t2"\n',
    "locations.csv": "id,organization_id,name,latitude,longitude\nl1,o1,Door,43.65,-79.38\n",
    "services_at_location.csv": "id,service_id,location_id\nx1,s1,l1\n",
    "physical_addresses.csv": "id,location_id,address_1,address_2,address_3,city,state_province,postal_code,country\n"
    "1,l1,1 Made-up Street,Floor 2,Back door,Toronto,ON,M5V 1A1,Canada\n",
    "postal_addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,l1,Box 9,Toronto,ON,M5V 1A1,CA\n",
    "phones.csv": 'id,service_id,number,type,language,department\np1,s1,416-555-0100,voice,"Spanish, French",Intake\n',
    "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n1,s1,1,9:00 AM,5:00 PM\n2,s1,7,00:00,24:00\n",
    "holiday_schedules.csv": "id,service_id,closed,start_date,end_date\n1,s1,true,2026-12-25,2026-12-26\n",
    "eligibility.csv": "id,service_id,eligibility\ne1,s1,adult\ne2,s1,female\n",
    "payments_accepted.csv": "id,service_id,payment\na1,s1,cash\n",
    "languages.csv": "id,service_id,language\nn1,s1,Tagalog\n",
    "accessibility_for_disabilities.csv": "id,location_id,accessibility,details\nd1,l1,ramp,At the side\n",
    "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\nt1,Legal help,,,Own\nt2,Wages,t1,Legal help,Own\n",
    "services_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\nz1,s1,t2,unpaid\n",
}
V20 = {
    "organizations.csv": V11["organizations.csv"],
    "services.csv": "id,organization_id,name,status\ns1,o1,Night line (fictional),active\n",
    "taxonomy_terms.csv": "id,term,description,parent_id,taxonomy\nt1,Legal help,Advice,,Own\n",
    "service_attributes.csv": "id,service_id,taxonomy_term_id\n1,s1,t1\n",
    "other_attributes.csv": "id,link_id,link_type,taxonomy_term_id\n1,1,physical_address,t1\n",
    "locations.csv": V11["locations.csv"],
    "physical_addresses.csv": V11["physical_addresses.csv"],
    "schedules.csv": "id,service_id,freq,byday,opens_at,closes_at\n"
    "c1,s1,WEEKLY,MO,09:00,17:00\nc2,s1,DAILY,,10:00,11:00\n",
}
SECRET = "77 Hidden Lane"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder, and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def service(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a nested service of HSDS 3.1 with an organization and a place."""
    place = {
        "id": f"l{number}",
        "location_type": "physical",
        "latitude": 43.651,
        "longitude": -79.387,
        "phones": [{"id": f"lp{number}", "number": "416-555-0199"}],
        "addresses": [
            {
                "id": f"a{number}", "address_1": SECRET, "city": "Toronto", "state_province": "ON",
                "postal_code": "M5V 1A1", "country": "CA", "address_type": "physical",
            }
        ],
    }  # fmt: skip
    return {
        "id": f"s{number}",
        "name": f"Safe rooms {number} (fictional)",
        "status": "active",
        "organization": {
            "id": "o1",
            "name": "Maple Door (fictional)",
            "description": "Made up",
            "locations": [place],
        },
        "service_at_locations": [{"id": f"x{number}", "location": place}],
        "service_areas": [
            {"id": f"r{number}", "name": "Toronto", "extent_type": "text", "extent": "M5V"}
        ],
        "phones": [{"id": f"p{number}", "number": "416-555-0100"}],
    } | more


def page(*many: dict[str, Any]) -> str:
    """Return objects as a page of the API."""
    return json.dumps({"total_items": len(many), "contents": list(many)})
