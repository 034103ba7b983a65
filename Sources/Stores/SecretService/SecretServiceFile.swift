import Files
import Glibc

/// The file in which gnome-keyring keeps a keyring: looked at for one thing, whether it has no password.
///
/// Source: gnome-keyring 42.1, `pkcs11/secret-store`: a keyring with an empty password is written as text that begins with
/// `[keyring]`, any other begins with `GnomeKeyring`.
struct SecretServiceFile {
  private let path: String?

  /// - Parameter keyring: the path of the keyring on the bus.
  init(keyring: String, _ environment: [String: String]) {
    let folder =
      environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? environment["HOME"].map { "\($0)/.local/share" }
    let name = keyring.split(separator: "/").last.flatMap { SecretServiceFile.unescaped($0) }
    guard let folder, let name, !name.contains("/") else {
      path = nil
      return
    }
    path = "\(folder)/keyrings/\(name).keyring"
  }

  /// Why the keyring stands in plain text; nil if it does not, as far as can be known.
  var plaintext: String? {
    guard let path else { return nil }
    guard let file = try? Descriptor(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY, followsLink: true),
      let start = try? file.readStart(most: Self.mark.utf8.count), start.elementsEqual(Self.mark.utf8)
    else { return nil }
    return "the keyring has no password, so '\(path)' is plain text"
  }

  // MARK: - Private

  private static let mark = "[keyring]"

  /// A path on the bus writes what is no letter or digit as `_` and two hexadecimal digits.
  private static func unescaped(_ word: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = word.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "_") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
