import Battery
import CustomDump
import Outside
import Testing

@testable import AgeFormat

@Suite(.counted(as: .vectors)) struct TestkitTests {
  @Test func `The test vectors are there`() {
    if Vector.all.isEmpty { return missing("the age testkit (KEYUSHER_AGE_TESTKIT)") }
    print("age testkit: \(Vector.all.count) vectors")
    #expect(Vector.all.count >= 93)
  }

  @Test("Opened at once, a vector fails in its class and releases nothing", arguments: Vector.all)
  func whole(_ vector: Vector) throws {
    guard let file = try vector.file else { return }
    for key in try vector.keys {
      let opened = Opened(whole: file, form: vector.form, with: key)
      expectNoDifference(opened.failure, try vector.failure)
      if opened.failure == nil {
        expectNoDifference(sha256(opened.released), vector["payload"])
      } else {
        expectNoDifference(opened.released.count, 0)
      }
    }
  }

  @Test("Opened chunk by chunk, a vector releases exactly what is authentic before it fails", arguments: Vector.all)
  func streaming(_ vector: Vector) throws {
    guard let file = try vector.file else { return }
    for key in try vector.keys {
      let opened = Opened(streaming: file, form: vector.form, with: key)
      expectNoDifference(opened.failure, try vector.failure)
      expectNoDifference(sha256(opened.released), vector["payload"] ?? sha256([]))
    }
  }

  @Test("A header that can be read is written the same", arguments: Vector.all)
  func header(_ vector: Vector) throws {
    guard !vector.isCompressed, vector.form == .binary, let file = try vector.file,
      let header = try? Header(from: ByteReader(file))
    else { return }
    expectNoDifference(header.serialized, Array(file.prefix(header.serialized.count)))
    expectNoDifference(
      header.signed.dropLast(3), Array("age-encryption.org/v1\n".utf8) + header.stanzas.flatMap(\.serialized))
  }

  @Test("Armor that can be read stands for the same file when it is written again", arguments: Vector.all)
  func armor(_ vector: Vector) throws {
    guard !vector.isCompressed, let file = try vector.file else { return }
    if vector.form == .binary {
      expectNoDifference(try Armor.decode(Armor.encode(file)), file)
    } else if let bytes = try? Armor.decode(file) {
      let isPlain = !["armor_crlf", "armor_no_eol", "armor_whitespace_outside"].contains(vector.name)
      let written = Armor.encode(bytes)
      if isPlain { expectNoDifference(written, file) }
      expectNoDifference(try Armor.decode(written), bytes)
    }
  }
}
