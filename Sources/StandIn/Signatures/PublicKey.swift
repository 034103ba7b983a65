import CCrypto

/// The public half of a key pair: it can tell whether a signature is the other half's.
struct PublicKey: Equatable, Sendable {
  enum Kind: Equatable, Sendable { case rsa, ed25519, p256 }

  let kind: Kind
  private let text: String

  /// Reads a PEM (`-----BEGIN PUBLIC KEY-----`) of an RSA, Ed25519 or EC key, or the 32 bytes of an Ed25519 key in Base64; nil
  /// if it is none of them.
  init?(_ text: String) {
    guard let handle = Handle(text) else { return nil }
    if EVP_PKEY_is_a(handle.key, "RSA") == 1 {
      kind = .rsa
    } else if EVP_PKEY_is_a(handle.key, "ED25519") == 1 {
      kind = .ed25519
    } else if EVP_PKEY_is_a(handle.key, "EC") == 1, handle.curve == "prime256v1" {
      kind = .p256
    } else {
      return nil
    }
    self.text = text
  }

  /// Whether this is the signature of a message: RSA by PKCS #1 v1.5 with SHA-256, Ed25519 pure (RFC 8032), P-256 with SHA-256
  /// and both numbers in 32 bytes each (RFC 7518, 3.4).
  func verifies(_ signature: [UInt8], of message: some Sequence<UInt8>) -> Bool {
    guard let handle = Handle(text), let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestVerifyInit(context, nil, kind == .ed25519 ? nil : EVP_sha256(), nil, handle.key) == 1 else {
      return false
    }
    guard let signature = kind == .p256 ? derSequence(signature) : signature else { return false }
    let message = Array(message)
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }

  // MARK: - Private

  /// libcrypto's form of the key. It is made anew for each use, since it can't be shared between threads.
  private final class Handle {
    let key: OpaquePointer

    init?(_ text: String) {
      let bytes = Array(text.utf8)
      let key: OpaquePointer?
      if text.hasPrefix("-----BEGIN") {
        let bio = BIO_new_mem_buf(bytes, Int32(bytes.count))
        defer { BIO_free(bio) }
        key = PEM_read_bio_PUBKEY(bio, nil, nil, nil)
      } else if let raw = Base64.bytes(text), raw.count == 32 {
        key = EVP_PKEY_new_raw_public_key(Int32(KX_ED25519), nil, raw, raw.count)
      } else {
        key = nil
      }
      guard let key else { return nil }
      self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// OpenSSL's name of an EC key's curve; empty if it has none.
    var curve: String {
      var name = [CChar](repeating: 0, count: 64)
      guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1 else { return "" }
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// The two numbers of an ECDSA signature as DER, which libcrypto wants: a sequence of two integers, each short and with a
  /// zero before a first bit that is set.
  private func derSequence(_ signature: [UInt8]) -> [UInt8]? {
    guard signature.count == 64 else { return nil }
    let integers = [signature[..<32], signature[32...]].flatMap { number -> [UInt8] in
      let short = number.drop { $0 == 0 }
      let digits = (short.first ?? 0x80) >= 0x80 ? [0] + short : Array(short)
      return [2, UInt8(digits.count)] + digits
    }
    return [0x30, UInt8(integers.count)] + integers
  }
}
