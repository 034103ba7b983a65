/// Text that is not ours, made safe to show: whatever could move a cursor, hide or reorder text becomes visible.
///
/// Every text from a flow, a paste, a label or an exchange passes here before it reaches a terminal or a file
/// that people open. `\u{1B}[2J` reads `\x1B[2J`, a right-to-left override reads `\u{202E}`. A line break stays
/// only where `keepingLines` says so.
public func display(_ text: some StringProtocol, keepingLines: Bool = false) -> String {
  guard text.unicodeScalars.contains(where: { $0.isControlling }) else { return String(text) }
  var shown = ""
  for scalar in text.unicodeScalars {
    if keepingLines, scalar == "\n" {
      shown.append("\n")
    } else if scalar == "\t" {
      shown.append(" ")
    } else if scalar.isControlling {
      let hex = scalar.value.hexadecimal(digits: 2, uppercase: true)
      shown += scalar.value < 0x100 ? "\\x\(hex)" : "\\u{\(hex)}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

extension Unicode.Scalar {
  /// Whether a terminal or a page could take it as a command or reorder text by it: C0, DEL, C1, line separators,
  /// bidirectional and zero-width formatting, letters that show nothing, tags, the byte-order mark.
  public var isControlling: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
      0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
      0x13430...0x1345F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}
