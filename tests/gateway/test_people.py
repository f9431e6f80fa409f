"""Roles at a school are given and ended on its pages, and earlier confidential papers opened for a reason."""

from tests.gateway.county import County
from tests.gateway.reading import words
from tests.gateway.today import in_days, typed

URN = 120809
ADDRESS = f"/schools/{URN}/people"


def test_edge_change_of_head_is_recorded_by_the_manager(county: County) -> None:
    manager = county.visit("manager")
    assert manager.fill_in(f"{ADDRESS}/register", person="new-head-1", name="A new head").location == ADDRESS
    appoint = {"person": "new-head-1", "role": "headteacher", "interim": "true", **typed("begins", in_days(0))}
    assert manager.fill_in(f"{ADDRESS}/appoint", **appoint).location == ADDRESS
    page = words(manager.open(ADDRESS).text)
    assert "Headteacher (interim) A new head" in page
    leave = f"{ADDRESS}/demo-head-{URN}/headteacher/leave"
    assert manager.fill_in(leave, **typed("ends", in_days(0))).location == ADDRESS
    assert f"{ADDRESS}/demo-head-{URN}/" not in manager.open(ADDRESS).text
    assert manager.open(leave).status_code == 404


def test_edge_role_given_to_a_new_person_a_back_view_needs_a_reason(county: County) -> None:
    dpo = county.visit("dpo")
    grant = f"{ADDRESS}/demo-chair-{URN}/chair_of_governors/grant"
    assert grant in dpo.open(ADDRESS).text
    since = typed("since", in_days(-9999))
    refused = dpo.fill_in(grant, **since)
    assert refused.status_code == 422
    assert "Give the reason" in refused.text
    assert dpo.fill_in(grant, **since, reason="A complaint of that time").location == ADDRESS


def test_others_read_who_holds_a_role(county: County) -> None:
    auditor = county.visit("auditor")
    page = auditor.open(ADDRESS)
    assert page.status_code == 200
    assert f"{ADDRESS}/" not in page.text
    assert auditor.open(f"{ADDRESS}/demote").status_code == 404
    assert auditor.fill_in(f"{ADDRESS}/register", person="anybody", name="Anybody").status_code == 403
    assert county.visit("head120777").open(ADDRESS).status_code == 403
