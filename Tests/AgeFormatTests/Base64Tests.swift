import CustomDump
import SecretMemory
import Testing

@testable import AgeFormat

@Suite struct Base64Tests {
  private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  @Test func `Every length of bytes comes back`() {
    for count in 0...200 {
      for base64 in [Base64.bare, .padded] {
        expectNoDifference(base64.decode(base64.encode(sample(count))), sample(count))
      }
    }
    expectNoDifference(Base64.bare.text(Array("any carnal pleas".utf8)), "YW55IGNhcm5hbCBwbGVhcw")
    expectNoDifference(Base64.padded.text(Array("any carnal pleas".utf8)), "YW55IGNhcm5hbCBwbGVhcw==")
  }

  @Test("Of all 256 bytes, only the 64 letters are taken, at each place", arguments: 0..<4)
  func letters(place: Int) {
    for byte in UInt8.min...UInt8.max {
      var text = Array("////".utf8)
      text[place] = byte
      let bytes = Base64.bare.decode(text)
      expectNoDifference(bytes != nil, alphabet.contains(byte))
      if let bytes { expectNoDifference(Base64.bare.encode(bytes), text) }
    }
  }

  @Test func `Only the one way to write bytes is read`() {
    for last in alphabet {
      let decoded = Base64.bare.decode(Array("AA".utf8) + [last])
      let value = alphabet.firstIndex(of: last) ?? 0
      expectNoDifference(decoded != nil, value % 4 == 0)
      expectNoDifference(Base64.bare.decode([alphabet[0], last]) != nil, value % 16 == 0)
    }
    for wrong in ["A", "AAAAA", "AA==", "AAA=", "=", "AA AA", "AAAA\n", "AA\r\nAA", "AA-_", "AAA\0"] {
      expectNoDifference(Base64.bare.decode(wrong.utf8), nil)
    }
    for wrong in ["A", "AA", "AAA", "AA=", "AAA==", "AAAA=", "AAAA====", "====", "AA=A", "AA=\n=", "AA==AAAA"] {
      expectNoDifference(Base64.padded.decode(wrong.utf8), nil)
    }
  }
}
