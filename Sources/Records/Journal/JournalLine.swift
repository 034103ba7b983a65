import CSodium

/// One line of a journal, and the format of the whole file.
///
/// A journal is one file, `RUN.jsonl`, of lines that end in a line feed. Each line is one JSON object without white space
/// whose keys stand in this order:
///
///     {"line":2,"chain":"<64 hex>","sum":"<64 hex>","salt":"<24 base64>","payload":{"at":"…Z","event":"began"}}
///
/// - `line` counts from 1.
/// - `salt` is 16 random bytes, so that a blanked text can't be guessed from its `sum`.
/// - `sum` is the SHA-256 of the salt's bytes, then the payload's bytes exactly as they stand in the file.
/// - `chain` is the SHA-256 of the chain of the line before (32 zero bytes before line 1), then the 32 bytes of `sum`, then
///   the line number in decimal digits. The chain of the last line is the final digest.
/// - `payload` comes last, so that its bytes can be cut out: from `{` after `"payload":` to the last but one character. Its
///   keys are sorted. Line 1 holds the header (`HeaderCoding.swift`), every other line one event (`EventKind.swift`).
///
/// An envelope that is not written exactly so is unreadable: each byte of the file is covered by a digest or by this rule.
///
/// Blanking a line replaces the free text in its payload by `[redacted]`, adds `"redacted":true`, and empties its salt; sum
/// and chain stay. Answers that were the same at a step are blanked together, and keep a common `tag`. What the blanked payload is was written before as the `tombstone` of a `redacted` event: its SHA-256.
///
/// A reader ignores fields it does not know. It refuses a header whose `format` is higher than its own, and events and
/// answers whose kind it does not know: a newer keyusher made them. Whole lines cut from the end can't be seen from the
/// file alone: only against a final digest that was printed or exported.
struct JournalLine: Equatable, Sendable {
  static let saltByteCount = 16

  var number: Int
  var chain: Digest
  var sum: Digest
  /// 16 bytes; empty once the line is blanked.
  var salt: [UInt8]
  var payload: [UInt8]

  /// The line that comes after another.
  init(number: Int, after chain: Digest, salt: [UInt8], payload: [UInt8]) {
    self.number = number
    self.salt = salt
    self.payload = payload
    sum = Digest(of: salt, payload)
    self.chain = JournalLine.chain(after: chain, sum: sum, number: number)
  }

  /// Reads a line without its line feed; nil if any byte of the envelope is not as this version writes it.
  init?(parsing bytes: ArraySlice<UInt8>) {
    guard let line = bytes.withUnsafeBytes({ JournalLine(reading: EnvelopeReader($0)) }) else { return nil }
    self = line
  }

  private init?(reading start: EnvelopeReader) {
    var reader = start
    guard reader.skip("{\"line\":"), let number = reader.number(), reader.skip(",\"chain\":\""),
      let chain = reader.digest(), reader.skip("\",\"sum\":\""), let sum = reader.digest(),
      reader.skip("\",\"salt\":\""), let salt = reader.salt(), reader.skip("\",\"payload\":")
    else { return nil }
    let rest = reader.rest
    guard rest.count >= 3, rest.first == UInt8(ascii: "{"), rest.last == UInt8(ascii: "}") else { return nil }
    self.number = number
    self.chain = chain
    self.sum = sum
    self.salt = salt
    payload = Array(rest.dropLast())
  }

  /// The line as it stands in the file, line feed included.
  var rendered: [UInt8] {
    let envelope =
      "{\"line\":\(number),\"chain\":\"\(chain.hex)\",\"sum\":\"\(sum.hex)\",\"salt\":\"\(base64(salt))\",\"payload\":"
    return Array(envelope.utf8) + payload + Array("}\n".utf8)
  }

  var isBlanked: Bool { salt.isEmpty }

  /// Whether the payload is the one that was written.
  var sumHolds: Bool { sum == Digest(of: salt, payload) }

  func follows(_ previous: Digest) -> Bool {
    chain == JournalLine.chain(after: previous, sum: sum, number: number)
  }

  /// The line with another payload in place of its own: sum and chain stay, the salt goes.
  func blanked(to tombstone: [UInt8]) -> JournalLine {
    var line = self
    line.salt = []
    line.payload = tombstone
    return line
  }

  // MARK: - Private

  private static func chain(after previous: Digest, sum: Digest, number: Int) -> Digest {
    Digest { hash in
      previous.withBytes(hash)
      sum.withBytes(hash)
      var digits = String(number)
      digits.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
    }
  }
}

private func base64(_ bytes: [UInt8]) -> String {
  var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, sodium_base64_VARIANT_ORIGINAL))
  sodium_bin2base64(&text, text.count, bytes, bytes.count, sodium_base64_VARIANT_ORIGINAL)
  return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
