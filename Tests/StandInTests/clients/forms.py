"""What is written down of a client: how it is made, what it is asked for, and what the answers must tell."""
import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Call:
    """One call, and what comes of it."""
    name: str
    # Has the client make it; gives what the answer told, as JSON can have it.
    ask: typing.Callable
    told: object = None
    # What the stand-in calls it.
    outcome: str = "accepted"
    # False for a clock, which is told without a key.
    is_signed: bool = True

    @property
    def can_be_refused(self):
        """Whether it is accepted because of who asks."""
        return self.is_signed and self.outcome == "accepted"


@dataclasses.dataclass(frozen=True)
class Client:
    """A client of an exchange, in one version and with one kind of key."""
    package: str
    exchange: str
    # Makes it, for a `Place`.
    make: typing.Callable
    calls: list
    powers: list
    # What the state file says of the key beside.
    more: dict = dataclasses.field(default_factory=dict)
    # HMAC, RSA, Ed25519, ES256; 'Ed25519 raw' is no PEM, but 64 bytes in Base64.
    kind: str = "HMAC"
    # What its requests must hold: words for the table, and a pattern.
    sends: dict = dataclasses.field(default_factory=dict)
    # What a reader of the table should know of it.
    note: str = ""
    # Packages that it needs and does not name, or names in versions that others do not take.
    needs: tuple = ()
    tls: bool = False


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a client asks, and with what."""
    host: str
    tls: bool
    key: str
    secret: str
    passphrase: str

    @property
    def url(self):
        return f"{'https' if self.tls else 'http'}://{self.host}"
