"""OKX: its own client, for live and for demo keys."""
from forms import Call, Client


def make(flag):
    def account(at):
        from okx.Account import AccountAPI
        return AccountAPI(at.key, at.secret, at.passphrase, False, flag, domain=at.url)
    return account


def config(client):
    answer = client.get_account_config()
    return answer["data"][0]["perm"] if answer["code"] == "0" else answer["code"]


CALLS = [Call("get_account_config", config, "read_only,trade")]
SETTINGS = {"powers": ["read_only", "trade"]}

CLIENTS = [
    Client(
        "python-okx==0.4.4", "okx", make("0"), CALLS, **SETTINGS,
        sends={"x-simulated-trading: 0 for live": "^x-simulated-trading: 0$"}),
    Client(
        "python-okx==0.4.4", "okx", make("1"), CALLS, **SETTINGS, more={"environment": "demo"},
        sends={"x-simulated-trading: 1 for demo": "^x-simulated-trading: 1$"}),
    Client(
        "python-okx==0.4.4", "okx", make("1"), **SETTINGS,
        calls=[Call("get_account_config", config, "50101", "other-environment")],
        note="a live key, asked as demo: refused"),
]
