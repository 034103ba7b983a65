import ArgumentParser
import SecretMemory

/// How a program wants the parts of a credential to be called.
///
/// Sources: gate/gate-cli, krakenfx/kraken-cli, nautilus_trader (`env`); ccxt/ccxt, cli/ts/helpers.ts (`ccxt`: the exchange's
/// id, `_` and the credential's name in capitals); freqtrade, docs/configuration.md, freqtrade/configuration/
/// environment_vars.py and freqtrade/exchange/common.py (`freqtrade`). Read 2026-11-23.
enum Naming: String, CaseIterable, ExpressibleByArgument {
  /// `GATE_API_KEY`, `GATE_API_SECRET`, `GATE_API_PASSPHRASE`.
  case env
  /// `GATE_APIKEY`, `GATE_SECRET`, `GATE_PASSWORD`; as a file, ccxt's `keys.json`.
  case ccxt
  /// `FREQTRADE__EXCHANGE__KEY` and so on; as a file, a second configuration file for `-c`.
  case freqtrade

  /// The variable of a part; nil if the program knows no such part.
  ///
  /// - Parameter prefix: what stands in front of `API_KEY`, without the underscore; for `env` alone.
  func variable(of part: String, exchange: String, prefix: String?) -> String? {
    switch self {
    case .env:
      let prefix = prefix ?? Naming.capitals(Naming.usualID(of: exchange))
      return (prefix.isEmpty ? "" : prefix + "_") + "API_" + Naming.capitals(part)
    case .ccxt:
      return member(of: part).map { Naming.capitals(Naming.usualID(of: exchange)) + "_" + Naming.capitals($0) }
    case .freqtrade:
      return member(of: part).map { "FREQTRADE__EXCHANGE__" + Naming.capitals($0) }
    }
  }

  /// What the program calls a part in its own files; nil if it knows no such part.
  func member(of part: String) -> String? {
    switch (self, part) {
    case (.env, _): part
    case (.ccxt, "key"): "apiKey"
    case (.freqtrade, "key"): "key"
    // Both take a private key in PEM where they take a secret.
    case (_, "secret"), (_, "private-key"): "secret"
    case (_, "passphrase"): "password"
    case (_, "uid"): "uid"
    default: nil
    }
  }

  /// The id that ccxt, and what is built on it, has for an exchange; `env` has its capitals in front.
  static func usualID(of exchange: String) -> String {
    ["gate-io": "gate", "gateio": "gate", "gate.io": "gate"][exchange] ?? exchange
  }

  // MARK: - Private

  private static func capitals(_ text: String) -> String {
    String(text.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

extension SecretBytes {
  /// Whether freqtrade would take a variable of this value for a number, a truth value or a list, and so spoil it.
  ///
  /// Source: freqtrade/configuration/environment_vars.py, `_get_var_typed`, which tries Python's `int` and `float`, then the
  /// words, then a list in JSON. Read 2026-11-23.
  var isTypedByFreqtrade: Bool {
    withBytes { bytes in
      let words = ["t", "f", "true", "false", "inf", "nan", "infinity"]
      if words.contains(where: { bytes.elementsEqual($0.utf8, by: { $0 | 0x20 == $1 }) }) { return true }
      if bytes.first == UInt8(ascii: "[") { return true }
      var rest = bytes[...]
      func dropDigits() -> Bool {
        let before = rest.count
        rest = rest.drop { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
        return rest.count < before
      }
      func drop(_ letters: StaticString) -> Bool {
        guard let first = rest.first, String(describing: letters).utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
      }
      _ = drop("+-")
      let hasWhole = dropDigits()
      let hasFraction = drop(".") && dropDigits()
      guard hasWhole || hasFraction else { return false }
      if drop("eE") {
        _ = drop("+-")
        guard dropDigits() else { return false }
      }
      return rest.isEmpty
    }
  }
}
