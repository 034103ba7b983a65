import CustomDump
import Foundation
import SecretMemory
import Testing

@Suite struct SecretBytesTests {
  @Test func `A secret has no text form`() throws {
    struct Holder {
      var secret: SecretBytes
      var others: [SecretBytes?]
    }
    let secret = try SecretBytes(canary)
    let holder = Holder(secret: secret, others: [secret, nil])
    var texts = [
      "\(secret)", String(describing: secret), String(reflecting: secret), "\(holder)", String(customDumping: holder),
    ]
    var dumped = ""
    dump(holder, to: &dumped)
    texts.append(dumped)
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(!(secret is any Encodable) && !(secret is any Hashable))
    for text in texts {
      #expect(!text.contains(canary.prefix(4)))
      #expect(text.contains("secret"))
    }
    expectNoDifference(texts[0], "(secret)")
  }

  @Test(
    "Trimming takes white space and matching quotes off both ends",
    arguments: [
      ("", ""), ("  ", ""), ("a", "a"), (" a b\t\r\n", "a b"), ("\"a\"", "a"), (" ' \"a\" ' ", "a"), ("`a`", "a"),
      ("\"a", "\"a"), ("\"a'", "\"a'"), ("\"", "\""), ("\"\"", ""), ("a\"b\"", "a\"b\""),
    ])
  func trims(text: String, trimmed: String) throws {
    let secret = try SecretBytes(text)
    secret.trim()
    expectNoDifference(secret.publicPrefix(100), trimmed)
    #expect(secret.count == trimmed.utf8.count)
  }

  @Test(
    "Lines come as they are, without the empty ones",
    arguments: [
      ("", []), ("\n\n", []), ("key\n", ["key"]), (" key \r\n\r\n'secret' ", [" key \r", "'secret' "]),
      ("a\nb\nc", ["a", "b", "c"]),
    ])
  func splits(text: String, lines: [String]) throws {
    expectNoDifference(try SecretBytes(text).lines().map { $0.publicPrefix(100) }, lines)
  }

  @Test(
    "One line end is dropped, and nothing else",
    arguments: [
      ("", ""), ("a", "a"), ("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), ("a \n", "a "), ("\n", ""), ("a\r", "a\r"),
    ])
  func lineEnd(text: String, left: String) throws {
    let secret = try SecretBytes(text)
    secret.dropLineEnd()
    expectNoDifference(secret.publicPrefix(100), left)
  }

  @Test func `Equality and suffixes compare the bytes`() throws {
    let secret = try SecretBytes(canary)
    #expect(secret.constantTimeEquals(secret))
    #expect(secret.constantTimeEquals(try SecretBytes(canary)))
    #expect(!secret.constantTimeEquals(try SecretBytes(String(canary.dropLast()))))
    #expect(!secret.constantTimeEquals(try SecretBytes(canary.dropLast() + "?")))
    #expect(secret.hasSuffix(try SecretBytes(String(canary.suffix(4)))))
    #expect(secret.hasSuffix(try SecretBytes("")))
    #expect(!secret.hasSuffix(try SecretBytes(String(canary.prefix(4)))))
    #expect(!(try SecretBytes("4")).hasSuffix(secret))
    #expect(secret.isWord(canary) && !secret.isWord(String(canary.dropLast())))
  }

  @Test func `Appending grows past the capacity, and wiping leaves nothing`() throws {
    let secret = try SecretBytes(capacity: 4)
    for byte in 0..<UInt16(1000) { try secret.append(UInt8(byte & 0xFF)) }
    expectNoDifference(secret.withBytes { Array($0) }, (0..<1000).map { UInt8($0 & 0xFF) })
    let address = secret.withBytes { UInt(bitPattern: $0.baseAddress) }
    secret.wipe()
    #expect(secret.isEmpty)
    let after = UnsafeRawPointer(bitPattern: address).map { UnsafeRawBufferPointer(start: $0, count: 1000) }
    #expect(after?.allSatisfy { $0 == 0 } == true)
  }

  @Test func `Growing gives the old place back`() async {
    // In a process of its own, where no other test takes the place meanwhile.
    await #expect(processExitsWith: .success) {
      let secret = try SecretBytes(capacity: 4)
      try secret.append(1)
      let address = secret.withBytes { UInt(bitPattern: $0.baseAddress) } & ~(UInt(getpagesize()) - 1)
      let page = try #require(UnsafeMutableRawPointer(bitPattern: address))
      #expect(msync(page, 1, MS_ASYNC) == 0)
      for byte in UInt8(2)...5 { try secret.append(byte) }
      #expect(msync(page, 1, MS_ASYNC) == -1)
      expectNoDifference(secret.withBytes { Array($0) }, [1, 2, 3, 4, 5])
    }
  }

  @Test func `A descriptor is read to its end, and a source that is too long is refused`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("\(canary)\n".utf8))
    try pipe.fileHandleForWriting.close()
    let secret = try SecretBytes(readingFrom: pipe.fileHandleForReading.fileDescriptor)
    expectNoDifference(try secret.lines().map { $0.publicPrefix(100) }, [canary])

    let long = Pipe()
    try long.fileHandleForWriting.write(contentsOf: Data("123456".utf8))
    try long.fileHandleForWriting.close()
    #expect(throws: SecretMemoryError.tooLong(limit: 5)) {
      try SecretBytes(readingFrom: long.fileHandleForReading.fileDescriptor, limit: 5)
    }
    #expect(throws: SecretMemoryError.unreadable(errno: EBADF)) { try SecretBytes(readingFrom: -1) }
  }
}

extension SecretBytes {
  convenience init(_ text: String) throws { try self.init(copying: text.utf8) }
}
