#!/usr/bin/env python3
"""Has ccxt ask the stand-in about keys of all ten exchanges, and be refused with one character of a signature changed.

Usage: agree.py PROGRAM, that is keyusher-standin. Nothing leaves this computer.
"""
import json, os, pathlib, subprocess, sys, tempfile, time

import ccxt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

os.environ["NO_PROXY"] = "127.0.0.1"

# A pair that nobody else has.
PAIR = ec.generate_private_key(ec.SECP256R1())
PRIVATE = PAIR.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()).decode()
PUBLIC = PAIR.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()

PHRASE = {"passphrase": "Fake-phrase-1"}
# ccxt's name, ours, what the key may do and is beside, and the calls with what their answers must hold.
TRIALS = [
    ("gate", "gate-io", ["account:read", "spot"], {"user": 7, "pairs": ["BTC_USDT"]}, [
        ("privateAccountGetDetail", {}, lambda r: r["user_id"] == 7 and r["currency_pairs"] == ["BTC_USDT"]),
        ("privateAccountGetMainKeys", {}, lambda r: [p["name"] for p in r[0]["perms"]] == ["account", "spot"]
            and [p["read_only"] for p in r[0]["perms"]] == [True, False]),
    ]),
    ("binance", "binance", ["enableReading"], {}, [
        ("sapiGetAccountApiRestrictions", {}, lambda r: r["enableReading"] and not r["enableWithdrawals"]),
    ]),
    ("kraken", "kraken", ["query-funds"], {"label": "bot"}, [
        ("privatePostGetApiKeyInfo", {}, lambda r: r["result"]["permissions"] == ["query-funds"]),
        # The nonce is higher than the one before.
        ("privatePostGetApiKeyInfo", {}, lambda r: r["result"]["apiKeyName"] == "bot"),
    ]),
    ("kucoin", "kucoin", ["General", "Spot"], PHRASE, [
        ("privateGetUserApiKey", {}, lambda r: r["data"]["permission"] == "General,Spot"),
    ]),
    ("okx", "okx", ["read_only", "trade"], PHRASE, [
        ("privateGetAccountConfig", {}, lambda r: r["data"][0]["perm"] == "read_only,trade"),
    ]),
    ("okx", "okx", ["read_only"], {**PHRASE, "environment": "demo"}, [
        ("privateGetAccountConfig", {}, lambda r: r["data"][0]["perm"] == "read_only"),
    ]),
    ("bybit", "bybit", ["Spot:SpotTrade"], {"readOnly": True}, [
        ("privateGetV5UserQueryApi", {}, lambda r: r["result"]["readOnly"] == 1
            and r["result"]["permissions"]["Spot"] == ["SpotTrade"]),
    ]),
    ("coinbase", "coinbase", ["can_view"], {}, [
        ("v3PrivateGetBrokerageKeyPermissions", {}, lambda r: r["can_view"] and not r["can_transfer"]),
    ]),
    ("bitget", "bitget", ["stor"], PHRASE, [
        ("privateSpotGetV2SpotAccountInfo", {}, lambda r: r["data"]["authorities"] == ["stor"]),
    ]),
    ("bitget", "bitget", ["uta_mgt"], {**PHRASE, "unified": True, "environment": "demo"}, [
        ("privateUtaGetV3AccountInfo", {}, lambda r: r["data"]["permissions"] == ["uta_mgt"]),
    ]),
    ("mexc", "mexc", ["SPOT_ACCOUNT_READ"], {"pairs": ["BTCUSDT"]}, [
        ("spotPrivateGetAccount", {}, lambda r: r["accountType"] == "SPOT"),
        ("spotPrivateGetSelfSymbols", {}, lambda r: r["data"] == ["BTCUSDT"]),
    ]),
    ("htx", "htx", ["readOnly"], {"user": 8}, [
        ("v2PrivateGetUserUid", {}, lambda r: r["data"] == 8),
        ("v2PrivateGetUserApiKey", {"uid": "8"}, lambda r: r["data"][0]["permission"] == "readOnly"),
    ]),
]


def credential(number, exchange):
    """A key's name and secret, of no exchange's shape."""
    if exchange == "coinbase":
        return f"organizations/fake/apiKeys/fake-{number}", PRIVATE
    return f"FAKE-key-{number}", "RkFLRS1zZWNyZXQ=" if exchange == "kraken" else f"FAKE-secret-{number}"


def key(number, exchange, powers, more):
    name, secret = credential(number, exchange)
    signer = {"publicKey": PUBLIC} if exchange == "coinbase" else {"secret": secret}
    return {"exchange": exchange, "key": name, "powers": powers, **signer, **more}


def client(number, name, exchange, more, address):
    """ccxt's client of an exchange, for this address alone."""
    api_key, secret = credential(number, exchange)
    client = getattr(ccxt, name)({
        "apiKey": api_key, "secret": secret, "password": more.get("passphrase"), "enableRateLimit": False})
    if more.get("environment") == "demo":
        client.set_sandbox_mode(True)
    host = address.removeprefix("http://")
    client.hostname = host

    def redirected(urls):
        if isinstance(urls, dict):
            return {name: redirected(url) for name, url in urls.items()}
        path = urls.split("://", 1)[1].partition("/")[2]
        return f"http://{host}" + (f"/{path}" if path else "")

    client.urls["api"] = redirected(client.urls["api"])
    fetch = client.fetch

    def held(url, *arguments, **named):
        assert url.startswith(f"{address}/"), f"{name} would have asked {url}"
        return fetch(url, *arguments, **named)

    client.fetch = held
    return client


def spoil(client):
    """Lets the client send its signatures with one character changed."""
    def changed(text, place):
        return text[:place] + ("b" if text[place] == "a" else "a") + text[place + 1:]

    sign = client.sign

    def spoiled(*arguments, **named):
        request = sign(*arguments, **named)
        for name, value in (request.get("headers") or {}).items():
            if name in ("SIGN", "API-Sign", "KC-API-SIGN", "OK-ACCESS-SIGN", "X-BAPI-SIGN", "ACCESS-SIGN"):
                request["headers"][name] = changed(value, 0)
            if name == "Authorization":
                request["headers"][name] = changed(value, value.rindex(".") + 5)
        for name in ("&signature=", "&Signature="):
            if name in request["url"]:
                request["url"] = changed(request["url"], request["url"].index(name) + len(name))
        return request

    client.sign = spoiled


def trial(number, address, log):
    """Makes all calls of one key; returns what is wrong."""
    name, exchange, powers, more, calls = TRIALS[number]
    asking = client(number, name, exchange, more, address)
    # Coinbase has an older clock, too, which ccxt would ask.
    clock = {"method": "v3PublicGetBrokerageTime"} if name == "coinbase" else {}
    if abs(asking.fetch_time(clock) - time.time() * 1000) > 10_000:
        yield "its clock is another"
    for call, parameters, holds in calls:
        if not holds(answer := getattr(asking, call)(parameters)):
            yield f"{call} answered {answer}"
    spoil(asking)
    for call, parameters, _ in calls:
        try:
            yield f"{call} was not refused: {getattr(asking, call)(parameters)}"
        except ccxt.ExchangeError:
            # Which of its kinds, ccxt judges by its own tables; what was wrong is in the log.
            pass
    outcomes = [(line["exchange"], line["outcome"]) for line in map(json.loads, log.read_text().splitlines())]
    wanted = [(exchange, outcome) for outcome in ("accepted", "signature") for _ in calls]
    if outcomes[-len(wanted):] != wanted:
        yield f"the log says {outcomes}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        state, log = pathlib.Path(folder, "state.json"), pathlib.Path(folder, "log")
        keys = [key(number, exchange, powers, more) for number, (_, exchange, powers, more, _) in enumerate(TRIALS)]
        state.write_text(json.dumps({"keys": keys}))
        server = subprocess.Popen(
            [sys.argv[1], "--state", state, "--log", log], stdout=subprocess.PIPE, text=True)
        faults = []
        try:
            address = server.stdout.readline().removeprefix("listening ").strip()
            for number, (name, *_) in enumerate(TRIALS):
                faults += [f"{name}: {fault}" for fault in trial(number, address, log)]
        finally:
            server.terminate()
        if server.wait(10) != 0:
            faults.append(f"the program ended with {server.returncode}")
    print("\n".join(faults) or f"ccxt {ccxt.__version__} and the stand-in agree on {len({t[1] for t in TRIALS})} exchanges")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
