"""Bybit: its own client."""
from forms import Call, Client


def make(at):
    from pybit.unified_trading import HTTP
    client = HTTP(api_key=at.key, api_secret=at.secret, rsa_authentication=at.secret.startswith("-"))
    client.endpoint = at.url
    return client


def told(client):
    answer = client.get_api_key_information()["result"]
    return [answer["readOnly"], answer["permissions"]["Spot"]]


CLIENTS = [
    Client(
        "pybit==5.17.0", "bybit", make, kind=kind, powers=["Spot:SpotTrade"], more={"readOnly": True},
        calls=[Call("get_api_key_information", told, [1, ["SpotTrade"]])])
    for kind in ("HMAC", "RSA")
]
