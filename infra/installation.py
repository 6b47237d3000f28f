"""All the stacks of one installation, put together."""

from dataclasses import dataclass

from constructs import Construct

from infra.application import Application
from infra.settings import Installation
from infra.stacks.closing import Closing
from infra.stacks.data import Data
from infra.stacks.edge import Edge
from infra.stacks.gateway import Gateway
from infra.stacks.module import Module
from infra.stacks.watch import Watch


@dataclass(frozen=True, slots=True)
class Stacks:
    """The stacks of an installation; the local cloud has no gateway and no edge."""

    data: Data
    closing: Closing
    modules: dict[str, Module]
    watch: Watch
    gateway: Gateway | None = None
    edge: Edge | None = None


def put_together(scope: Construct, installation: Installation, application: Application) -> Stacks:
    """Every stack of the installation: ``<prefix>-data``, ``<prefix>-deposits``, …"""
    in_cloud = not installation.stage.local
    data = Data(scope, installation)
    closing = Closing(scope, installation, data=data, application=application)
    gateway = Gateway(scope, installation) if in_cloud else None
    guard = gateway.firewall.attr_arn if gateway else ""
    modules = {
        name: Module(scope, installation, data=data, name=name, routes=routes, web_acl_arn=guard)
        for name, routes in application.functions.items()
    }
    watch = Watch(scope, installation, data=data, modules=modules)
    edge = Edge(scope, installation) if in_cloud else None
    return Stacks(data, closing, modules, watch, gateway, edge)
