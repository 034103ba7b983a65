"""Bitget: four clients of others', each with its own signing."""
import asyncio

from forms import Call, Client

CLASSIC = {"powers": ["stor", "stow"], "more": {"user": 9}}
INFO = "/api/v2/spot/account/info"
TOLD = ["9", ["stor", "stow"]]


def told(answer):
    return [answer["data"]["userId"], answer["data"]["authorities"]]


def python_bitget(at):
    import pybitget.client
    pybitget.client.API_URL = at.url
    return pybitget.client.Client(at.key, at.secret, at.passphrase)


def connector(at):
    import bitget.utils.consts
    bitget.utils.consts.API_URL = at.url
    from bitget.spot.account_api import AccountApi
    return AccountApi(at.key, at.secret, at.passphrase)


def bitpy(at):
    from bitpy import BitgetAPI
    return BitgetAPI(at.key, at.secret, at.passphrase, base_url=at.url)


def typed(at):
    from typed_bitget import Bitget
    client = Bitget.new(access_key=at.key, secret_key=at.secret, passphrase=at.passphrase)
    object.__setattr__(client.http_client, "base_url", at.url)
    return client


def classic(client):
    answer = asyncio.run(client.classic.spot.account.info())
    return [answer["userId"], answer["authorities"]]


def unified(client, user, **validate):
    answer = asyncio.run(client.uta.account.info(**validate))
    return [answer[user], answer["permType"], answer["permissions"]]


def rejected(client):
    """What it makes of the documented body."""
    try:
        unified(client, "uid")
    except Exception as error:
        return type(error).__name__


CLIENTS = [
    Client(
        "python-bitget==1.0.8", "bitget", python_bitget, **CLASSIC,
        calls=[
            Call("v2 account/info", lambda c: told(c._request_without_params("GET", INFO)), TOLD),
            Call("spot_get_ApiKeyInfo", lambda c: c.spot_get_ApiKeyInfo(), outcome="unknown-path"),
        ],
        note="its own method is v1's, which is not played; it signs v2's request, too"),
    Client(
        "bitget-connector==0.2.0", "bitget", connector, **CLASSIC, needs=("requests==2.34.2",),
        calls=[Call("info", lambda c: told(c.info({})), TOLD)],
        sends={"locale zh-CN": "^locale: zh-CN$"}),
    Client(
        "bitget-python==1.0.4", "bitget", bitpy, **CLASSIC,
        calls=[
            Call("v2 account/info", lambda c: told(c.account.request_handler.request("GET", INFO)), TOLD),
            Call("account.get_accounts", lambda c: c.account.get_accounts("USDT-FUTURES"), outcome="unknown-path"),
        ],
        note="its get_accounts tells nothing of a key and is not played; it signs v2's request, too"),
    Client(
        "typed-bitget==0.6.0", "bitget", typed, **CLASSIC,
        calls=[Call("classic.spot.account.info", classic, TOLD)], note="classic account"),
    Client(
        "typed-bitget==0.6.0", "bitget", typed, powers=["uta_mgt"],
        more={"user": 9, "unified": True, "spelledAsSeen": True},
        calls=[Call("uta.account.info", lambda c: unified(c, "userId"), ["9", "read_and_write", ["uta_mgt"]])],
        note="unified account, as clients met it"),
    Client(
        "typed-bitget==0.6.0", "bitget", typed, powers=["uta_mgt"], more={"user": 9, "unified": True},
        calls=[
            Call(
                "uta.account.info, unchecked", lambda c: unified(c, "uid", validate=False),
                ["9", "read-and-write", ["uta_mgt"]]),
            Call("uta.account.info", rejected, "ValidationError"),
        ],
        note="unified account, as documented: the client rejects it unless told not to check"),
]
