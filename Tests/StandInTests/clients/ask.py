#!/usr/bin/env python3
"""Has one client make its calls: in the client's own environment, started by agree.py.

Usage: ask.py NUMBER NAME... with a place as JSON on standard input. Prints a line of JSON for each of the named calls:
what the answer told, or what the client took for an error.
"""
import json, os, sys

import calls
from forms import Place


def guard(event, arguments):
    """Lets Python's own sockets go to this computer alone."""
    asked = {"socket.connect": lambda: arguments[1][0], "socket.getaddrinfo": lambda: arguments[0]}
    if event in asked and (host := asked[event]()) not in ("127.0.0.1", b"127.0.0.1"):
        raise OSError(f"{host} was asked for")


def main():
    # What clients print is no answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.addaudithook(guard)
    client = calls.ALL[int(sys.argv[1])]
    made = client.make(Place(**json.load(sys.stdin)))
    for call in (call for call in client.calls if call.name in sys.argv[2:]):
        try:
            line = {"told": call.ask(made)}
        except Exception as error:
            line = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(line), file=answers, flush=True)


if __name__ == "__main__":
    main()
