"""HTX: a fork of its own client."""
import json

from forms import Call, Client


def make(at):
    from huobi.client.subuser import SubuserClient
    from huobi.connection.impl import restapi_invoker

    class Reader:
        """Python's json, which takes no `encoding` any more since 3.9."""
        dumps = staticmethod(json.dumps)

        @staticmethod
        def loads(text, encoding):
            return json.loads(text)

    restapi_invoker.json = Reader
    client = SubuserClient(api_key=at.key, secret_key=at.secret, url=at.url)
    client.asked = at.key
    return client


def permissions(client):
    return [key.permission for key in client.get_user_apikey_info("8", client.asked)]


CLIENTS = [
    Client(
        "huobi-sdk==2.3.3", "htx", make, powers=["readOnly"], more={"user": 8}, needs=("websocket-client==0.59.0",),
        calls=[Call("get_uid", lambda c: c.get_uid(), 8), Call("get_user_apikey_info", permissions, ["readOnly"])],
        sends={"parameters in no order": r"\?uid=8&accessKey=FAKE-key-1&AccessKeyId="},
        note="mended for Python 3.9 and later"),
]
