"""Binance: its own clients, of today and of before, and the one that most people have."""
from forms import Call, Client

TOLD = [True, False]


def flags(answer):
    return [answer["enableReading"], answer["enableWithdrawals"]]


def wallet(at):
    from binance_common.configuration import ConfigurationRestAPI
    from binance_sdk_wallet.wallet import Wallet
    signer = {"private_key": at.secret} if at.secret.startswith("-") else {"api_secret": at.secret}
    return Wallet(ConfigurationRestAPI(api_key=at.key, base_path=at.url, **signer)).rest_api


def wallet_told(client, **window):
    told = client.get_api_key_permission(**window).data()
    return [told.enable_reading, told.enable_withdrawals]


def connector(at):
    from binance.spot import Spot
    if at.secret.startswith("-"):
        return Spot(at.key, base_url=at.url, private_key=at.secret.encode())
    return Spot(at.key, at.secret, base_url=at.url)


def python_binance(at):
    from binance.client import Client
    signer = {"private_key": at.secret} if at.secret.startswith("-") else {"api_secret": at.secret}
    client = Client(at.key, ping=False, **signer)
    client.MARGIN_API_URL = f"{at.url}/sapi"
    return client


WALLET = [
    Call("get_api_key_permission", wallet_told, TOLD),
    Call("get_api_key_permission, recv_window 10000", lambda c: wallet_told(c, recv_window=10000), TOLD),
]
CONNECTOR = [
    Call("api_key_permissions", lambda c: flags(c.api_key_permissions()), TOLD),
    Call("api_key_permissions, recvWindow 5000", lambda c: flags(c.api_key_permissions(recvWindow=5000)), TOLD),
]
PYTHON_BINANCE = [
    Call("get_account_api_permissions", lambda c: flags(c.get_account_api_permissions()), TOLD),
]
# In which order a client sends them is its own affair: the signature is the last.
LIBRARIES = [
    ("binance-sdk-wallet==13.8.0", wallet, WALLET,
     {"recvWindow absent and 10000": r"(?s)\?timestamp=.*\?recvWindow=10000&"}),
    ("binance-connector==3.13.0", connector, CONNECTOR,
     {"recvWindow absent and 5000": r"(?s)\?timestamp=.*\?recvWindow=5000&"}),
    ("python-binance==1.0.37", python_binance, PYTHON_BINANCE,
     {"recvWindow 10000": r"\?recvWindow=10000&"}),
]
# Base64 has '=', '+' and '/', which an address can't.
ESCAPED = {"a signature in Base64, escaped": r"&signature=[\w%-]+%3D%3D HTTP"}

CLIENTS = [
    Client(
        package, "binance", make, made, kind=kind, powers=["enableReading"],
        sends=windows if kind == "HMAC" else ESCAPED)
    for package, make, made, windows in LIBRARIES for kind in ("HMAC", "Ed25519", "RSA")
]
