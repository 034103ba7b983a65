import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// The shipped flow, walked by a person into a real store.
@Suite struct StoredWalkTests {
  @Test func `On a fresh machine the default store keeps it, the terminal closes, and age opens it`() throws {
    guard let age = tool("age") else { return }
    let desk = try Desk()
    let pty = try desk.start(["run", "gate-io/create-key"])
    try walkToStore(pty)
    try pty.send("2\r")
    for prompt in ["New passphrase: ", "The same again: "] {
      try pty.expect(prompt)
      try pty.send(PassphraseCanary.text + "\r")
    }
    try pty.expect("Keyusher saw: it was set up; a test entry was written")
    for (prompt, answer) in [
      ("Number or name: ", "main"), ("Enter when the form is open: ", ""),
      ("Its name on the page: ", ""), ("Number or name: ", "app"),
    ] {
      try pty.expect(prompt)
      try pty.send(answer + "\r")
    }
    try pty.expect("API key: ")
    try pty.paste(Canary.key)
    try pty.send("\r")
    try pty.expect("Secret: ")
    try pty.paste(Canary.secret)
    try pty.send("\r")
    try pty.expect("kept in age; read back from the store")
    try pty.expect("You may leave the page with the secret now.")
    pty.hangUp()
    _ = try pty.end()
    expectNoDifference(Canary.trace(in: Array(pty.text.utf8)), nil)
    expectNoDifference(PassphraseCanary.trace(in: Array(pty.text.utf8)), nil)
    for file in try desk.files() {
      let bytes = try desk.bytes(of: file)
      expectNoDifference(Canary.trace(in: bytes), nil, "\(file)")
      expectNoDifference(PassphraseCanary.trace(in: bytes), nil, "\(file)")
    }
    let stock = try Pty(
      age,
      [
        "-d", "-o", desk.work + "/out", "-i", desk.ageFolder + "/identities",
        desk.ageFolder + "/store/pending/\(try desk.run()).credential.age",
      ])
    try stock.expect("passphrase")
    try stock.send(PassphraseCanary.text + "\r")
    expectNoDifference(try stock.end(), .exited(0))
    let kept = try JSONSerialization.jsonObject(with: Data(desk.bytes(of: desk.work + "/out"))) as? [String: Any]
    expectNoDifference(kept?["keyusher"] as? Int, 1)
    expectNoDifference(kept?["exchange"] as? String, "gate-io")
    expectNoDifference(kept?["label"] as? String, "grid-bot-01")
    expectNoDifference(kept?["run"] as? String, try desk.run())
    expectNoDifference(kept?["credential"] as? [String: String], ["key": Canary.key, "secret": Canary.secret])
  }

  /// Answers up to the set-up of the default store's passphrase.
  private func walkToStore(_ pty: Pty) throws {
    for (prompt, answer) in [
      ("Number or name: ", "2"), ("Answer: ", "grid-bot"), ("Numbers with commas, or none: ", ""),
      ("From where will it be used?", ""), ("Number or name: ", "list"), ("Answer: ", ""),
    ] {
      try pty.expect(prompt)
      if !prompt.hasSuffix("?") { try pty.send(answer + "\r") }
    }
    // Enter is the default store, which is set up on the way.
    try pty.expect("Where to keep the secret?")
    try pty.expect("Number or name: ")
    try pty.send("\r")
    try pty.expect("Number (Enter = 1): ")
  }
}
