import PlainText

/// A text of an exchange on one line, shortened and made safe to show and to keep: without addresses, and without long
/// words with digits, which can be keys, signatures or worse.
func harmless(_ text: some StringProtocol, most: Int = 160) -> String {
  // Cut by scalars, since a character can have any number of marks. What is cut off is neither looked at nor shown.
  let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(4 * most)))
  let line = display(start).split(separator: " ").map { masked($0) }.joined(separator: " ")
  guard line.unicodeScalars.count > most else { return line }
  return String(line.unicodeScalars.prefix(most - 3)) + "..."
}

private func masked(_ word: Substring) -> String {
  var result = ""
  var rest = word.unicodeScalars[...]
  while let first = rest.first {
    let run = rest.prefix { isRunning($0) }
    guard !run.isEmpty else {
      result.unicodeScalars.append(first)
      rest = rest.dropFirst()
      continue
    }
    result += isAddress(run) ? "(an address)" : isToken(run) ? "(...)" : String(run)
    rest = rest.dropFirst(run.count)
  }
  return result
}

/// Whether it can stand within an address or a key.
private func isRunning(_ scalar: Unicode.Scalar) -> Bool {
  scalar.isASCII && (scalar.properties.isAlphabetic || isDigit(scalar) || ".:/+=_-%".unicodeScalars.contains(scalar))
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

private func isHex(_ scalar: Unicode.Scalar) -> Bool {
  isDigit(scalar) || (0x41...0x46).contains(scalar.value & ~0x20)
}

/// Four numbers with dots, or groups of hexadecimal digits with two colons, whatever stands round them.
private func isAddress(_ run: Substring.UnicodeScalarView) -> Bool {
  let numbers = run.split { !isDigit($0) && $0 != "." }.flatMap { piece in
    piece.split(separator: ".", omittingEmptySubsequences: false)
  }
  let isDotted = run.filter { $0 == "." }.count >= 3 && numbers.filter { (1...3).contains($0.count) }.count >= 4
  let isColoned = run.split { !isHex($0) && $0 != ":" && $0 != "." }.contains { piece in
    piece.filter { $0 == ":" }.count >= 2 && piece.contains(where: isHex)
  }
  return isDotted || isColoned
}

private func isToken(_ run: Substring.UnicodeScalarView) -> Bool { run.count >= 16 && run.contains(where: isDigit) }
