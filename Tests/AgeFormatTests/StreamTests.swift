import Battery
import CustomDump
import SecretMemory
import Testing

@testable import AgeFormat

@Suite(.counted(as: .vectors)) struct StreamTests {
  @Test func `Before a damaged third chunk, the first two are released, and then nothing more`() throws {
    let identity = try Identity.generate()
    let plain = sample(200_000)
    var file = try AgeFile.encrypt(secret(plain), for: .recipients([identity.recipient]))
    file[file.count - 68_000] ^= 1
    var decryption = try Decryption(file, form: .binary, with: .identities([identity]))
    #expect(try decryption.next() == Array(plain[..<65_536]))
    #expect(try decryption.next() == Array(plain[65_536..<131_072]))
    for _ in 0..<3 {
      do throws(AgeError) {
        Issue.record("released \(try decryption.next()?.count ?? -1) bytes")
      } catch {
        expectNoDifference(error, .payloadForged(chunk: 3))
      }
    }
  }

  @Test func `After a chunk that was put in, nothing more is released`() throws {
    let identity = try Identity.generate()
    var file = try AgeFile.encrypt(secret(sample(200_000)), for: .recipients([identity.recipient]))
    file.insert(contentsOf: [UInt8](repeating: 7, count: 65_552), at: file.count - 68_960)
    var decryption = try Decryption(file, form: .binary, with: .identities([identity]))
    for _ in 0..<2 { #expect(try decryption.next()?.count == 65_536) }
    for _ in 0..<3 {
      do throws(AgeError) {
        Issue.record("released \(try decryption.next()?.count ?? -1) bytes")
      } catch {
        expectNoDifference(error, .payloadForged(chunk: 3))
      }
    }
  }

  @Test func `An empty last chunk is only the chunk of an empty file`() throws {
    let identity = try Identity.generate()
    let plain = [UInt8](repeating: 1, count: Payload.chunk)
    #expect(try open([], for: identity) == Opened(released: [], failure: .payload))
    #expect(try open([[]], for: identity) == Opened(released: [], failure: nil))
    #expect(try open([plain], for: identity) == Opened(released: plain, failure: nil))
    #expect(try open([plain, [9]], for: identity) == Opened(released: plain + [9], failure: nil))
    #expect(try open([plain, []], for: identity) == Opened(released: plain, failure: .payload))
  }

  /// Opens a file whose chunks are these; the last is sealed as the last.
  private func open(_ chunks: [[UInt8]], for identity: Identity) throws -> Opened {
    let fileKey = try SecretBytes.random(FileKey.byteCount)
    let header = try Header([X25519.wrap(fileKey, for: identity.recipient)], fileKey: fileKey)
    var payload = try Payload(fileKey: fileKey, nonce: sample(16))
    var file = header.serialized + sample(16)
    for (index, chunk) in chunks.enumerated() {
      var sealed = [UInt8](repeating: 0, count: chunk.count + AEAD.tagBytes)
      try payload.seal(chunk, chunk.count, isLast: index == chunks.count - 1, into: &sealed)
      file += sealed
    }
    return Opened(streaming: file, form: .binary, with: .identities([identity]))
  }
}
