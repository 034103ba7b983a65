"""One client's calls to a stand-in of its own: with its key, with a wrong secret, and with a wrong passphrase."""
import contextlib, json, os, pathlib, re, subprocess

from forms import Place
from keys import Key
from relay import Relay, certificate

ASK = pathlib.Path(__file__).with_name("ask.py")
# Whoever asks another computer all the same finds nobody.
NOBODY = "http://127.0.0.1:9"


class Trial:
    def __init__(self, number, client, python, folder):
        self.number, self.client, self.python, self.folder = number, client, python, pathlib.Path(folder)
        self.key, self.log = Key(client), self.folder / "log"
        # How many calls came out as they must, and what did not.
        self.agreed = self.refused = 0
        self.faults = []

    def run(self, program):
        """Makes all calls, against this program."""
        with self.standin(program) as port:
            self.relay = Relay(port, certificate(self.folder) if self.client.tls else None)
            try:
                self.agree()
                self.refuse("signature", secret=self.key.wrong)
                if self.key.passphrase:
                    self.refuse("passphrase", passphrase="Fake-phrase-2")
            finally:
                self.relay.shutdown()
                self.relay.server_close()

    @property
    def refusals(self):
        """How many calls are to be refused."""
        return sum(call.can_be_refused for call in self.client.calls) * (2 if self.key.passphrase else 1)

    def agree(self):
        calls = self.client.calls
        for call, answer, outcome in zip(calls, *self.asked(calls)):
            told = "error" in answer if call.told is None else answer == {"told": call.told}
            if told and outcome == call.outcome:
                self.agreed += 1
            else:
                self.faults.append(f"{call.name}: {outcome}, {answer}")
        sent = self.relay.text()
        for words, pattern in self.client.sends.items():
            if not re.search(pattern, sent, re.MULTILINE):
                self.faults.append(f"it did not send {words}: {sent}")

    def refuse(self, wanted, **other):
        """Asks with another secret or passphrase: each call must be refused for just that."""
        calls = [call for call in self.client.calls if call.can_be_refused]
        for call, answer, outcome in zip(calls, *self.asked(calls, **other)):
            if answer != {"told": call.told} and outcome == wanted:
                self.refused += 1
            else:
                self.faults.append(f"{call.name}, with another {' '.join(other)}: {outcome}, {answer}")

    def asked(self, calls, **other):
        """What the client made of each answer, `told` or `error`, and what the stand-in wrote of each request."""
        if not calls:
            return [], []
        place = {"secret": self.key.secret, "passphrase": self.key.passphrase, **other}
        place = Place(self.relay.host, self.client.tls, self.key.name, **place)
        proxies = {name: NOBODY for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")}
        trust = {"REQUESTS_CA_BUNDLE": str(self.folder / "certificate.pem")} if self.client.tls else {}
        before = len(self.outcomes())
        home = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "NO_PROXY": "127.0.0.1,localhost"}
        # What takes longer than two minutes is ended.
        run = subprocess.run(
            ["timeout", "120", self.python, "-B", ASK, str(self.number), *(call.name for call in calls)],
            input=json.dumps(vars(place)), env={**home, **proxies, **trust}, cwd=self.folder, capture_output=True,
            text=True)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        outcomes = self.outcomes()[before:]
        if not len(answers) == len(outcomes) == len(calls):
            self.faults.append(f"{len(calls)} calls, {answers}, {outcomes}: {run.stderr.strip()[-600:]}")
        return answers, outcomes

    def outcomes(self):
        return [json.loads(line)["outcome"] for line in self.log.read_text().splitlines()]

    @contextlib.contextmanager
    def standin(self, program):
        state = self.folder / "state.json"
        state.write_text(json.dumps({"keys": [self.key.entry]}))
        server = subprocess.Popen(
            [program, "--state", state, "--log", self.log, "--exchange", self.client.exchange],
            stdout=subprocess.PIPE, text=True)
        try:
            yield int(server.stdout.readline().rpartition(":")[2])
        finally:
            server.terminate()
            if server.wait(10) != 0:
                self.faults.append(f"the stand-in ended with {server.returncode}")
