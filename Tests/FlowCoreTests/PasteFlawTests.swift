import CustomDump
import FlowCore
import Testing

/// What a paste alone can tell, whatever the exchange.
@Suite struct PasteFlawTests {
  @Test(
    arguments: [
      ("0123456789abcdef0123456789abcdef", nil), ("bg_0123456789abcdef0123456789abcdef", nil), ("aaa", nil),
      ("correct horse battery staple", nil), ("密码很长很安全的口令吧", nil),
      ("MHcCAQEEIBkg4LVWM9nuwNSk3yByxZpYRTBnVJk5oAoGCCqGSM49AwEHoUQDQgAE", nil),
      ("xxxx", .mask), ("****************", .mask), ("••••••••", .mask), ("xxxxxxxx-xxxx-xxxx-xxxxxxxxxxxx", .mask),
      ("● ● ● ● ●", .mask), ("----", .mask),
      ("9b1f0e*****", .shortened), ("9b1f…0e2d", .shortened), ("9b1f...0e2d", .shortened), ("9b1f•••0e2d", .shortened),
      ("YOUR_API_SECRET", .placeholder), ("<secret>", .placeholder), ("your-key-goes-there", .placeholder),
      ("${GATE_API_SECRET}", .placeholder), ("{{ secret }}", .placeholder), ("paste_it_here", .placeholder),
      ("{\"secret\": \"a\"}", .json), ("[\"a\"]", .json),
      ("-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----", .publicKey), ("ssh-ed25519 AAAA", .publicKey),
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nabc\n-----END ENCRYPTED PRIVATE KEY-----", .encryptedKey),
      ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nabc\n-----END RSA PRIVATE KEY-----", .encryptedKey),
      ("\u{FEFF}0123abcd", .invisible), ("0123\u{200B}abcd", .invisible), ("0123\u{A0}abcd", .invisible),
      ("0123\u{202E}abcd", .invisible), ("0123\u{3000}abcd", .invisible), ("0123\u{E0041}abcd", .invisible),
      ("0123\tabcd", .invisible), ("0123\u{AD}abcd", .invisible),
    ] as [(String, PasteFlaw?)])
  func `a flaw is found in the bytes`(text: String, flaw: PasteFlaw?) {
    expectNoDifference(Array(text.utf8).withUnsafeBytes { PasteFlaw(in: $0) }, flaw)
  }
}
