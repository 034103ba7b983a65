"""Coinbase: its own client, of today and from before it took Ed25519."""
import time

from forms import Call, Client


def make(at):
    from coinbase.rest import RESTClient
    # It asks https:// alone.
    return RESTClient(api_key=at.key, api_secret=at.secret, base_url=at.host)


def make_short(at):
    from coinbase.rest import RESTClient
    return RESTClient(api_key=at.key.rpartition("/")[2], api_secret=at.secret, base_url=at.host)


def permissions(client):
    told = client.get_api_key_permissions()
    return [told.can_view, told.can_trade, told.can_transfer]


def clock(client):
    return abs(int(client.get_unix_time().epoch_seconds) - time.time()) < 10


CALLS = [
    Call("get_unix_time", clock, True, is_signed=False),
    Call("get_api_key_permissions", permissions, [True, True, False]),
]
SETTINGS = {"powers": ["can_view", "can_trade"], "tls": True, "sends": {"a GET with the body {}": r"\n\n\{\}"}}
TODAY = ("coinbase-advanced-py==1.8.4", "coinbase")
NEW = {**SETTINGS, "needs": ("websockets==13.1",)}

CLIENTS = [
    *[Client(*TODAY, make, CALLS, kind=kind, **NEW) for kind in ("ES256", "Ed25519", "Ed25519 raw")],
    Client(
        *TODAY, make_short, kind="ES256", **NEW,
        calls=[Call("get_api_key_permissions", permissions, [True, True, False])], note="by the short id of the key"),
    Client("coinbase-advanced-py==1.7.0", "coinbase", make, CALLS, kind="ES256", **SETTINGS),
]
