import PlainText

extension Finding {
  /// The most a flow or a script may have, in bytes.
  public static let largestFile = SourceText.largest

  /// What is found in a file of more bytes.
  public static func tooLarge(path: String) -> Finding {
    Finding(
      path: path, line: 1, column: 1, code: .tooLarge,
      message: "the file has more than \(SourceText.largest >> 20) MiB",
      hint: "a flow has some kilobytes; is this the right file?")
  }

  /// The place is the first byte that no UTF-8 text has there.
  static func notUTF8(_ bytes: [UInt8], path: String) -> Finding {
    let repaired = SourceText(String(decoding: bytes, as: UTF8.self), path: path)
    let findings = Findings(repaired)
    let utf8 = repaired.text.utf8
    let offset = utf8.firstRange(of: [0xEF, 0xBF, 0xBD]).map { utf8.distance(from: utf8.startIndex, to: $0.lowerBound) }
    findings.report(
      .notUTF8, at: repaired.place(ofByte: offset ?? 0), "the file is not UTF-8", hint: "save it as UTF-8")
    return findings.list[0]
  }
}
