"""Keys of no exchange's shape, as the stand-in knows them and as a client has them."""
import base64, subprocess

# How openssl makes them.
PAIRS = {
    "ES256": ["ecparam", "-genkey", "-noout", "-name", "prime256v1"],
    "Ed25519": ["genpkey", "-algorithm", "ed25519"],
    "RSA": ["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
}


class Key:
    """A key for a client, a passphrase where its exchange has one, and a secret that is another's."""

    def __init__(self, client):
        self.name = "organizations/fake/apiKeys/fake-1" if client.exchange == "coinbase" else "FAKE-key-1"
        self.passphrase = "Fake-phrase-1" if client.exchange in ("kucoin", "okx", "bitget") else None
        if client.kind == "HMAC":
            self.secret, self.wrong = (self.text(client, number) for number in (1, 2))
            signer = {"secret": self.secret}
        else:
            (self.secret, public), (self.wrong, _) = pair(client.kind), pair(client.kind)
            signer = {"publicKey": public}
        if self.passphrase:
            signer["passphrase"] = self.passphrase
        self.entry = {
            "exchange": client.exchange, "key": self.name, "powers": client.powers, **signer, **client.more}

    def text(self, client, number):
        secret = f"FAKE-secret-{number}"
        return base64.b64encode(secret.encode()).decode() if client.exchange == "kraken" else secret


def pair(kind):
    """A private key as its exchange gives it, and its public half."""
    name, _, raw = kind.partition(" ")
    private = openssl(PAIRS[name])
    public = openssl(["pkey", "-pubout"], private).decode()
    if not raw:
        return private.decode(), public
    # The last 32 bytes of either form are the key itself.
    halves = [openssl(["pkey", "-outform", "DER", *options], private)[-32:] for options in ([], ["-pubout"])]
    return base64.b64encode(b"".join(halves)).decode(), base64.b64encode(halves[1]).decode()


def openssl(arguments, given=None):
    return subprocess.run(["openssl", *arguments], input=given, check=True, capture_output=True).stdout
