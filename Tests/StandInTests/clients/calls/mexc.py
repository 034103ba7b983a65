"""MEXC: three clients of others'."""
import asyncio

from forms import Call, Client

SETTINGS = {"powers": ["SPOT_ACCOUNT_READ"], "more": {"pairs": ["BTCUSDT"]}}
WINDOW = {"recvWindow 5000": r"\?recvWindow=5000&"}


def mexc_api(at):
    from mexc_api.spot import Spot
    client = Spot(at.key, at.secret)
    client.account.api.base_url = at.url
    return client.account


def pymexc(at):
    from pymexc import spot
    client = spot.HTTP(api_key=at.key, api_secret=at.secret)
    client.base_url = at.url
    return client


def rejected(client):
    """What it makes of the documented `{"code": 200, "data": [...], "msg": null}`: an error without a message."""
    try:
        return asyncio.run(client.self_symbols())["data"]
    except Exception as error:
        return type(error).__name__


def typed(at):
    from typed_mexc import MEXC
    return MEXC.new(api_key=at.key, api_secret=at.secret, spot_base_url=at.url).spot.http.account


CLIENTS = [
    Client(
        "mexc-api==0.0.2", "mexc", mexc_api, **SETTINGS, sends=WINDOW,
        calls=[Call("get_account_info", lambda c: c.get_account_info()["accountType"], "SPOT")]),
    Client(
        "pymexc==1.2.19", "mexc", pymexc, **SETTINGS, sends=WINDOW,
        calls=[Call("account_information", lambda c: c.account_information()["accountType"], "SPOT")]),
    Client(
        "typed-mexc==2.3.0", "mexc", typed, **SETTINGS,
        calls=[
            Call("account.info", lambda c: asyncio.run(c.info())["accountType"], "SPOT"),
            Call("account.self_symbols", rejected, "ValidationError"),
        ],
        sends={"recvWindow absent": r"GET /api/v3/account\?timestamp=\d+&signature"},
        note="takes the documented self_symbols for an error"),
]
