import CCrypto
import NetProtocol
import SecretMemory

/// A private key in libcrypto's memory, which is wiped when it goes: `wipeWhatLibcryptoFrees`.
struct PrivateKey: ~Copyable {
  enum Kind {
    case rsa, p256, ed25519
  }

  let kind: Kind
  private let key: OpaquePointer
  /// The part of the credential that it is.
  private let part: String

  deinit { EVP_PKEY_free(key) }

  /// Reads a key of the forms PKCS 1, PKCS 8 and SEC 1 between its BEGIN and END lines. Line feeds may be written as
  /// `\n`, as they stand in JSON.
  ///
  /// - Throws: `part` with `encrypted`, `publicKey`, `unreadable`; `kind` for a key that is none of `kinds`.
  init(pem text: SecretBytes, of part: String, kinds: Set<Kind>) throws(Unbuilt) {
    let pem = try text.withLineFeeds()
    guard !pem.contains("ENCRYPTED") else { throw .part(part, .encrypted) }
    guard !pem.contains("PUBLIC KEY-----") else { throw .part(part, .publicKey) }
    var key: OpaquePointer?
    pem.withBytes { bytes in
      // It reads where the bytes are.
      guard let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return }
      key = PEM_read_bio_PrivateKey(bio, nil, kx_no_passphrase, nil)
      BIO_free(bio)
    }
    guard let key else { throw .part(part, .unreadable) }
    let kind = PrivateKey.kind(of: key)
    guard let kind, kinds.contains(kind) else {
      EVP_PKEY_free(key)
      throw .part(part, .kind)
    }
    (self.key, self.kind, self.part) = (key, kind, part)
  }

  /// An Ed25519 key of 32 bytes, or of 64 with its public key behind it, in base64.
  ///
  /// - Throws: `part` with `notBase64`, `length`; `unreadable` if the halves are not of one key.
  init(ed25519 text: SecretBytes, of part: String) throws(Unbuilt) {
    guard let bytes = try inMemory({ () throws(SecretMemoryError) in try Base64.padded.decode(text) }) else {
      throw .part(part, .notBase64)
    }
    guard [32, 64].contains(bytes.count) else { throw .part(part, .length) }
    var key: OpaquePointer?
    var open = [UInt8](repeating: 0, count: 32)
    bytes.withBytes { bytes in
      key = EVP_PKEY_new_raw_private_key(Int32(KX_ED25519), nil, bytes.bindMemory(to: UInt8.self).baseAddress, 32)
    }
    var count = open.count
    guard let key else { throw .part(part, .unreadable) }
    guard EVP_PKEY_get_raw_public_key(key, &open, &count) == 1,
      bytes.count == 32 || bytes.withBytes({ $0.dropFirst(32).elementsEqual(open) })
    else {
      EVP_PKEY_free(key)
      throw .part(part, .unreadable)
    }
    (self.key, kind, self.part) = (key, .ed25519, part)
  }

  /// The signature of a message: by RSA PKCS 1 v1.5 with SHA-256; by Ed25519; by ECDSA with SHA-256, as the numbers r
  /// and s of 32 bytes each (RFC 7518, 3.4).
  func signature(of message: SecretBytes) throws(Unbuilt) -> SecretBytes {
    let signature = try inMemory { () throws(SecretMemoryError) in try SecretBytes(capacity: PrivateKey.longest) }
    signature.fill { room in message.withBytes { sign($0, into: room) } }
    guard !signature.isEmpty else { throw .part(part, .unreadable) }
    guard kind == .p256 else { return signature }
    let numbers = try inMemory { () throws(SecretMemoryError) in try SecretBytes(capacity: 64) }
    numbers.fill { room in signature.withBytes { PrivateKey.writeNumbers(of: $0, into: room) } }
    guard !numbers.isEmpty else { throw .part(part, .unreadable) }
    return numbers
  }

  // MARK: - Private

  /// More bytes than a signature by RSA has with a key of 16,384 bits.
  private static let longest = 2048

  private static func kind(of key: OpaquePointer) -> Kind? {
    switch EVP_PKEY_get_base_id(key) {
    case Int32(KX_RSA): return .rsa
    case Int32(KX_ED25519): return .ed25519
    case Int32(KX_EC):
      var name = [CChar](repeating: 0, count: 32)
      guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1 else { return nil }
      return name.prefix { $0 != 0 }.elementsEqual("prime256v1".utf8.map { CChar(bitPattern: $0) }) ? .p256 : nil
    default: return nil
    }
  }

  /// Returns how many bytes the signature has; none if there is none.
  private func sign(_ message: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int {
    guard let context = EVP_MD_CTX_new() else { return 0 }
    defer { EVP_MD_CTX_free(context) }
    var count = room.count
    guard EVP_DigestSignInit(context, nil, kind == .ed25519 ? nil : EVP_sha256(), nil, key) == 1,
      EVP_DigestSign(
        context, room.bindMemory(to: UInt8.self).baseAddress, &count,
        message.bindMemory(to: UInt8.self).baseAddress, message.count) == 1
    else { return 0 }
    return count
  }

  /// Writes r and s of a signature in DER, each of 32 bytes.
  private static func writeNumbers(
    of signature: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) -> Int {
    var start = signature.bindMemory(to: UInt8.self).baseAddress
    guard let room = room.bindMemory(to: UInt8.self).baseAddress,
      let read = d2i_ECDSA_SIG(nil, &start, signature.count)
    else { return 0 }
    defer { ECDSA_SIG_free(read) }
    var (r, s): (OpaquePointer?, OpaquePointer?)
    ECDSA_SIG_get0(read, &r, &s)
    return BN_bn2binpad(r, room, 32) == 32 && BN_bn2binpad(s, room + 32, 32) == 32 ? 64 : 0
  }
}

/// Has libcrypto wipe memory before it gives it back, for the whole program; before anything else uses libcrypto.
///
/// - Returns: false if that was too late.
func wipeWhatLibcryptoFrees() -> Bool { kx_wipe_what_is_freed() == 1 }

extension SecretBytes {
  /// With a line feed for each backslash and `n`.
  fileprivate func withLineFeeds() throws(Unbuilt) -> SecretBytes {
    try inMemory { () throws(SecretMemoryError) in
      let text = try SecretBytes(capacity: count)
      text.fill { room in
        withBytes { bytes in
          var (from, to) = (0, 0)
          while from < bytes.count {
            let isEscape =
              bytes[from] == UInt8(ascii: "\\") && from + 1 < bytes.count && bytes[from + 1] == UInt8(ascii: "n")
            room[to] = isEscape ? 0x0A : bytes[from]
            from += isEscape ? 2 : 1
            to += 1
          }
          return to
        }
      }
      return text
    }
  }
}
