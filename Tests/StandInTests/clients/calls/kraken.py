"""Kraken: two clients, which count their nonces in different units."""
from forms import Call, Client

SETTINGS = {"powers": ["query-funds"]}
# What the last request of the other client could have been: the nonces of milliseconds are all below it.
AFTER = 176_000_000_000_000_000


def krakenex(at):
    import krakenex
    client = krakenex.API(at.key, at.secret)
    client.uri = at.url
    return client


def sdk(at):
    from kraken.spot import User
    return User(key=at.key, secret=at.secret, url=at.url)


def permissions(client):
    answer = client.query_private("GetApiKeyInfo")
    return answer["error"] or answer["result"]["permissions"]


def sdk_permissions(client):
    return client.request("POST", "/0/private/GetApiKeyInfo")["permissions"]


def sdk_digits(client):
    return len(client.request("POST", "/0/private/GetApiKeyInfo")["nonce"])


CLIENTS = [
    Client(
        "krakenex==2.2.2", "kraken", krakenex, **SETTINGS,
        calls=[Call("GetApiKeyInfo", permissions, ["query-funds"])],
        sends={"nonces of 13 digits": r"^nonce=\d{13}$"}),
    Client(
        "krakenex==2.2.2", "kraken", krakenex, **SETTINGS, more={"nonce": AFTER},
        calls=[Call("GetApiKeyInfo", permissions, ["EAPI:Invalid nonce"], "nonce")],
        note="shut out where 18 digits came before"),
    Client(
        "python-kraken-sdk==3.5.1", "kraken", sdk, **SETTINGS, more={"nonce": AFTER},
        calls=[
            Call("GetApiKeyInfo", sdk_permissions, ["query-funds"]),
            Call("GetApiKeyInfo, digits of the nonce", sdk_digits, 18),
        ],
        sends={"nonces of 18 digits": r"^nonce=\d{18}$"}, note="no method: its own signed request"),
]
