import Battery
import CustomDump
import SecretMemory
import Testing

@testable import AgeFormat

/// A small file, and a key that opens it.
private struct Small: CustomTestStringConvertible, Sendable {
  let name: String
  let file: [UInt8]
  let form: AgeFile.Form
  let key: DecryptionKey

  var testDescription: String { name }

  static let all: [Small] = {
    guard let identity = try? Identity.generate(), let plain = try? secret("a secret"), let word = try? secret("word")
    else { return [] }
    let ways: [(String, EncryptionKey, DecryptionKey)] = [
      ("identity", .recipients([identity.recipient]), .identities([identity])),
      ("passphrase", .passphrase(word, workFactor: 1), .passphrase(word)),
    ]
    let opened = ways.flatMap { name, way, key -> [Small] in
      AgeFile.Form.allCases.compactMap { form in
        guard let file = try? AgeFile.encrypt(plain, for: way, form: form) else { return nil }
        return Small(name: "\(name), \(form)", file: file, form: form, key: key)
      }
    }
    // What the writer reads back with.
    let readBack = AgeFile.Form.allCases.compactMap { form -> Small? in
      guard let made = try? AgeFile.encryptKeepingKey(plain, for: .recipients([identity.recipient]), form: form)
      else { return nil }
      return Small(name: "file key, \(form)", file: made.file, form: form, key: .fileKey(made.fileKey))
    }
    return opened + readBack
  }()
}

@Suite(.counted(as: .vectors)) struct DamageTests {
  @Test func `There are six small files, and each opens`() {
    expectNoDifference(Small.all.count, 6)
    for small in Small.all {
      expectNoDifference(Opened(whole: small.file, form: small.form, with: small.key).released, Array("a secret".utf8))
    }
  }

  @Test("With any one bit changed, a file does not open, and releases nothing", arguments: Small.all)
  fileprivate func flips(_ small: Small) {
    Tally.count(.vectors, cases: small.file.count * 8 - 1)
    for bit in 0..<(small.file.count * 8) {
      var file = small.file
      file[bit / 8] ^= 1 << (bit % 8)
      expectRefused(file, small, "bit \(bit)")
    }
  }

  @Test("Cut off anywhere, a file does not open, and releases nothing", arguments: Small.all)
  fileprivate func truncations(_ small: Small) {
    // Armor may lack its last line feed.
    let count = small.form == .armored ? small.file.count - 1 : small.file.count
    Tally.count(.vectors, cases: count - 1)
    for length in 0..<count { expectRefused(Array(small.file[..<length]), small, "length \(length)") }
  }

  @Test("With a byte more, a file does not open whole", arguments: Small.all)
  fileprivate func additions(_ small: Small) {
    for position in 0...small.file.count where position < small.file.count || small.form == .binary {
      var file = small.file
      file.insert(UInt8(ascii: "A"), at: position)
      #expect(Opened(whole: file, form: small.form, with: small.key).failure != nil, "position \(position)")
    }
  }

  @Test("Random changes never stop the program, and open nothing new", arguments: Small.all)
  fileprivate func mutations(_ small: Small) {
    var generator = Seeded(7)
    for _ in (0..<1500).part(oneIn: 4) {
      var file = small.file
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<file.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: file[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: file.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2: file.removeSubrange(place..<min(place + 5, file.count - 1))
        default: file.insert(contentsOf: file[place..<min(place + 70, file.count)], at: place)
        }
      }
      let opened = Opened(streaming: file, form: small.form, with: small.key)
      #expect(opened.released.isEmpty || opened.released == Array("a secret".utf8))
    }
  }

  @Test func `Random bytes are no file, no armor, no key and no list of keys`() throws {
    let identity = try Identity.generate()
    var generator = Seeded(11)
    for round in (0..<5000).part(oneIn: 4) {
      var bytes = sample(Int.random(in: 0...300, using: &generator))
      if round % 3 == 0 { bytes = Array("age-encryption.org/v1\n-> X25519 ".utf8) + bytes }
      if round % 3 == 1 { bytes = Armor.begin + Array("\n".utf8) + bytes }
      for form in AgeFile.Form.allCases {
        #expect(Opened(streaming: bytes, form: form, with: .identities([identity])).failure != nil)
      }
      #expect(throws: AgeError.self) { try Recipient.list(in: bytes) }
      #expect(throws: AgeError.self) { try Identity.list(in: secret(bytes)) }
    }
  }

  private func expectRefused(_ file: [UInt8], _ small: Small, _ what: String) {
    #expect(Opened(whole: file, form: small.form, with: small.key).failure != nil, "\(what)")
    let streamed = Opened(streaming: file, form: small.form, with: small.key)
    #expect(streamed.failure != nil && streamed.released.isEmpty, "\(what)")
  }
}
