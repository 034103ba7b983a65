import FlowText
import SecretMemory

extension ProgramPack.Trap {
  /// Whether it would spoil a value.
  func spoils(_ value: SecretBytes) -> Bool {
    switch kind {
    case .typedValues: value.isTypedValue
    }
  }
}

extension SecretBytes {
  /// Whether a program that guesses takes the text for a number, a truth value or a list.
  ///
  /// Python's `int` and `float` are tried, then words, then a list in JSON, as freqtrade does it in
  /// freqtrade/configuration/environment_vars.py, `_get_var_typed`. Read 2026-11-23.
  var isTypedValue: Bool {
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
