import SecretMemory
import Testing

/// A trace finds a secret again in a text, and holds nothing of it.
@Suite struct SecretTraceTests {
  private static let secret = "9b1f0e6ad27c48b35fe1c07d94a6328eb50d1f79"

  private func trace(_ text: String) throws -> SecretTrace {
    try SecretTrace(of: SecretBytes(copying: Array(text.utf8)))
  }

  @Test func `the whole, and every 16 bytes of it in a row, are found wherever they stand`() throws {
    let trace = try trace(Self.secret)
    #expect(trace.isFound(in: Self.secret))
    for start in 0...(Self.secret.count - SecretTrace.windowBytes) {
      let window = Self.secret.dropFirst(start).prefix(SecretTrace.windowBytes)
      #expect(trace.isFound(in: "see \(window)!"))
      #expect(!trace.isFound(in: "see \(window.dropLast()) \(window.suffix(1))"))
    }
  }

  @Test func `other texts are not`() throws {
    let trace = try trace(Self.secret)
    for text in [
      "", "a note", String(Self.secret.reversed()), String(Self.secret.prefix(15)), Self.secret.uppercased(),
    ] {
      #expect(!trace.isFound(in: text))
    }
  }

  @Test func `a short secret is found as a whole, a tiny one not at all`() throws {
    #expect(try trace("hunter").isFound(in: "it is hunter2"))
    #expect(try !trace("hunter").isFound(in: "hunt er"))
    #expect(try !trace("hunt").isFound(in: "hunt"))
    #expect(try !trace("").isFound(in: "anything"))
  }

  @Test func `nothing of the secret is in it`() throws {
    var dumped = ""
    dump(try trace(Self.secret), to: &dumped)
    for start in stride(from: 0, through: Self.secret.count - 8, by: 4) {
      #expect(!dumped.contains(Self.secret.dropFirst(start).prefix(8)))
    }
  }
}
