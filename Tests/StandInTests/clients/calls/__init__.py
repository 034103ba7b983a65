"""All clients that are tried, in the order of the table; and those that are known not to run."""
from calls import binance, bitget, bybit, coinbase, gate, htx, kraken, kucoin, mexc, okx

ALL = [
    client for module in (gate, binance, kraken, kucoin, okx, bybit, coinbase, bitget, mexc, htx)
    for client in module.CLIENTS
]

# Package, exchange, and why. What ccxt does is seen to by ../ccxt/agree.py.
NOT_RUN = [
    ("coinbase-advanced-py 1.7.0 (Ed25519)", "coinbase", "takes no Ed25519 key: \"Unable to load PEM file\""),
    ("pymexc 1.3.1", "mexc", "its wheel lacks pymexc._async.web: it can't be imported"),
    ("huobi_client 0.3.1", "htx", "speaks an interface of 2017 that is gone"),
    ("freqtrade, hummingbot, nautilus_trader", "several", "bots, and no clients: too large"),
]
