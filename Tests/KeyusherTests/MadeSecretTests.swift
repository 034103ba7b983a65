import CustomDump
import FlowCore
import Testing

@testable import keyusher

/// What stands in for a credential in a rehearsal.
@Suite struct MadeSecretTests {
  private func bytes(_ shape: Shape, isPEM: Bool = false, lookalikes: [Shape] = []) -> [UInt8] {
    let part = CredentialPart(
      name: "key", title: "Key", secret: true, shape: shape, isPEM: isPEM,
      lookalikes: lookalikes.map { CredentialPart.Lookalike(shape: $0, text: "another") })
    let bytes = MadeSecret.bytes(of: part, at: "credential")
    expectNoDifference(part.mismatch(of: bytes), nil)
    return bytes
  }

  @Test func `It fits its shape, and is the same each time`() {
    let shapes = [
      Shape(length: 64...64, characters: Characters(classes: [.hex])), Shape(length: 1...3),
      Shape(length: 40...60, characters: Characters(classes: [.upper], literals: "-="), prefix: "AK-", suffix: "=="),
      Shape(length: 8...8, characters: Characters(classes: [], literals: "-_")),
      Shape(length: 4...4, prefix: "abcd"), Shape(length: 0...0),
      Shape(length: 2...2, characters: Characters(classes: [.space])),
    ]
    for shape in shapes { expectNoDifference(bytes(shape), bytes(shape)) }
    expectNoDifference(bytes(Shape()).count, 32)
  }

  @Test func `It is not what the flow says is often pasted by mistake`() {
    let hex = Characters(classes: [.hex])
    let mistaken = Shape(length: 32...32, characters: hex)
    let made = bytes(Shape(length: 16...40, characters: hex), lookalikes: [mistaken])
    #expect(mistaken.mismatch(of: made) != nil)
  }

  @Test func `A private key has its lines`() {
    let begin = "-----BEGIN PRIVATE KEY-----"
    let end = "-----END PRIVATE KEY-----"
    let made = bytes(Shape(length: 100...200, prefix: begin, suffix: end), isPEM: true)
    let lines = String(decoding: made, as: UTF8.self).split(separator: "\n")
    expectNoDifference([lines.count, lines.joined().count], [3, 100])
    expectNoDifference([lines.first, lines.last], [begin[...], end[...]])
  }
}
