"""Gate: its own client."""
import json

from forms import Call, Client


def make(at):
    import gate_api
    return gate_api.AccountApi(gate_api.ApiClient(
        gate_api.Configuration(host=f"{at.url}/api/v4", key=at.key, secret=at.secret)))


def detail(client):
    told = client.get_account_detail()
    return [told.user_id, told.currency_pairs]


def main_keys(client):
    keys = json.loads(client.get_account_main_keys(_preload_content=False).data)
    return [[power["name"], power["read_only"]] for key in keys for power in key["perms"]]


def nothings(client):
    return set(client.get_account_main_keys().to_dict().values()) == {None}


CLIENTS = [
    Client(
        "gate-api==7.2.161", "gate-io", make, powers=["account:read", "spot"], more={"user": 7, "pairs": ["BTC_USDT"]},
        calls=[
            Call("get_account_detail", detail, [7, ["BTC_USDT"]]),
            Call("get_account_main_keys", main_keys, [["account", True], ["spot", False]]),
            Call("get_account_main_keys, as an object", nothings, True),
        ],
        sends={
            "a time with a fraction": r"^Timestamp: \d{10}\.\d+$",
            "X-Gate-Size-Decimal": r"^X-Gate-Size-Decimal: 1$",
        },
        note="makes an object of nothings of the documented keys"),
]
