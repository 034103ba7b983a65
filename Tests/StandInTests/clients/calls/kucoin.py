"""KuCoin: its own clients, of today and of before."""
from forms import Call, Client

SETTINGS = {"powers": ["General", "Spot"]}


def universal(at):
    from kucoin_universal_sdk.api import DefaultClient
    from kucoin_universal_sdk.model import ClientOptionBuilder, TransportOptionBuilder
    options = (
        ClientOptionBuilder().set_key(at.key).set_secret(at.secret).set_passphrase(at.passphrase)
        .set_spot_endpoint(at.url).set_futures_endpoint(at.url).set_broker_endpoint(at.url)
        .set_transport_option(TransportOptionBuilder().build()).build())
    return DefaultClient(options).rest_service().get_account_service().get_account_api()


def before(at):
    from kucoin.client import User
    return User(at.key, at.secret, at.passphrase, url=at.url)


CLIENTS = [
    Client(
        "kucoin-universal-sdk==1.3.2", "kucoin", universal, **SETTINGS,
        calls=[Call("get_apikey_info", lambda c: c.get_apikey_info().permission, "General,Spot")],
        sends={"version 3": "^KC-API-KEY-VERSION: 3$"}),
    # It looks its own version up by `pkg_resources`, which setuptools 82 has no more.
    Client(
        "kucoin-python==1.0.26", "kucoin", before, **SETTINGS, needs=("setuptools==80.9.0",),
        calls=[Call("user/api-key", lambda c: c._request("GET", "/api/v1/user/api-key")["permission"], "General,Spot")],
        sends={"version 2": "^KC-API-KEY-VERSION: 2$"}, note="no method: its own signed request"),
]
