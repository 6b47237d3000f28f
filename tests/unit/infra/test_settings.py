"""Stages, installations and silos."""

from pathlib import Path

import pytest

from infra import headers
from infra.settings import STAGES, Installation, Stage, UnknownStage, stage
from infra.silos import silo_tenants


@pytest.mark.parametrize(
    ("name", "tenant", "prefix", "domain"),
    [
        ("local", "", "minga", ""),
        ("dev", "", "minga-dev", "dev.minga.example"),
        ("prod", "", "minga-prod", "minga.example"),
        ("prod", "quilla", "minga-prod-quilla", "quilla.minga.example"),
    ],
)
def test_names_follow_from_stage_and_tenant(name: str, tenant: str, prefix: str, domain: str) -> None:
    installation = Installation(stage(name), tenant)
    assert (installation.prefix, installation.domain) == (prefix, domain)


def test_every_stage_is_complete() -> None:
    for name in STAGES:
        found = stage(name)
        assert found.local or (found.domain and found.hosted_zone_id and found.alarm_email)
    assert stage("prod").protected
    assert stage("staging").protected
    assert not stage("dev").protected


def test_unknown_stage_is_refused() -> None:
    with pytest.raises(UnknownStage):
        stage("production")


def test_only_tenants_that_ask_for_it_get_a_silo(tmp_path: Path) -> None:
    manifests = {
        "chakana": "tenant: {code: chakana, isolation: pooled}",
        "quilla": "tenant: {code: quilla, isolation: silo}",
        "plain": "tenant: {code: plain}",
        "empty": "",
    }
    for name, text in manifests.items():
        (tmp_path / "tenants" / name).mkdir(parents=True)
        (tmp_path / "tenants" / name / "manifest.yaml").write_text(text)
    assert silo_tenants(tmp_path) == ["quilla"]


def test_stage_without_domain_is_the_local_one() -> None:
    assert Stage("local").local
    assert not Stage("dev", domain="x.example").local


def test_transport_security_is_only_promised_over_tls() -> None:
    secure, plain = headers.security_headers(secure=True), headers.security_headers(secure=False)
    assert set(secure) - set(plain) == {"Strict-Transport-Security"}
    assert headers.hsts_seconds() >= 31_536_000


def test_scripts_come_from_the_portal_alone() -> None:
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in headers.security_headers(secure=True)["Content-Security-Policy"].split(";")
    )
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"


def test_hashed_files_are_kept_for_ever_and_pages_are_not() -> None:
    assert "immutable" in headers.cache_control("assets/index-B78T2Ecw.css")
    assert headers.cache_control("index.html") == "no-cache"
    assert headers.cache_control("sw.js") == "no-cache"
