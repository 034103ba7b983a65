#!/usr/bin/env python3
"""Has the exchanges' own clients, and others', ask the stand-in about keys, and be refused with another secret.

Usage: agree.py PROGRAM [WORD...], that is keyusher-standin, and words of the clients to try; all of them without any.
Each client has a Python environment of its own, which stays in .build-clients. Nothing leaves this computer but what
pip asks for. With KEYUSHER_TEST_ALL=1 a client that is not to be had is a fault, too. ccxt is ../ccxt/agree.py's.
"""
import concurrent.futures, itertools, os, sys, tempfile

import calls
from environments import NotToBeHad, environment
from trial import Trial


def tried(program, clients):
    """Tries clients of one package, one after the other; gives a row of the table and the faults of each."""
    _, first = clients[0]
    try:
        python = environment(first)
    except NotToBeHad as reason:
        faults = [str(reason)] if os.environ.get("KEYUSHER_TEST_ALL") else []
        return [(row(client, f"not to be had: {reason}"), faults) for _, client in clients]
    results = []
    for number, client in clients:
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(number, client, python, folder)
            trial.run(program)
        agreed, refused = f"{trial.agreed} of {len(client.calls)}", f"{trial.refused} of {trial.refusals}"
        known = "; ".join(filter(None, [*client.sends, client.note]))
        results.append((row(client, agreed, refused, known), trial.faults))
    return results


def row(client, *cells):
    name, _, version = client.package.partition("==")
    return (name, version, client.exchange, client.kind, *cells)


def printed(rows):
    """The rows in columns; the last cell of a row is as long as it likes."""
    columns = itertools.zip_longest(*(cells[:-1] for cells in rows), fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    for *cells, last in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths)), last]).rstrip())


def main():
    program, words = sys.argv[1], sys.argv[2:]
    clients = [(number, client) for number, client in enumerate(calls.ALL)
               if not words or any(word in client.package for word in words)]
    if not clients:
        sys.exit(f"no client has {' or '.join(words)} in its name")
    packages = [list(group) for _, group in itertools.groupby(clients, lambda pair: (pair[1].package, pair[1].needs))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(itertools.chain(*pool.map(lambda package: tried(program, package), packages)))
    head = ("client", "version", "exchange", "key", "agreed", "refused", "what is known of it")
    printed([head, *(cells for cells, _ in results)])
    for name, exchange, why in calls.NOT_RUN:
        print(f"not run: {name} ({exchange}): {why}")
    faults = [f"{' '.join(cells[:4])}: {fault}" for cells, found in results for fault in found]
    tried_rows = sum(len(cells) == len(head) for cells, _ in results)
    print("\n".join(faults) or f"{tried_rows} of {len(results)} rows were tried, and the stand-in agrees with each.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
