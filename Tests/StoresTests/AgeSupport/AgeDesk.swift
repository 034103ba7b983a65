import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

/// A person at an age store: knows its passphrase, and counts how often it was asked.
final class Person: PassphraseAsking {
  var answers: [String]
  var newPassphrases: [String]
  private(set) var asked: [Bool] = []

  init(answers: [String] = [], new: [String] = ["two words"]) {
    self.answers = answers
    newPassphrases = new
  }

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    asked.append(isRepeated)
    guard !answers.isEmpty else { throw .stopped }
    return Samples.bytes(answers.removeFirst())
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    guard !newPassphrases.isEmpty else { throw .stopped }
    return Samples.bytes(newPassphrases.removeFirst())
  }
}

/// Nobody must be asked.
struct Nobody: PassphraseAsking {
  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    Issue.record("a passphrase was asked for")
    throw .noPassphrase(store: store, hint: "")
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    Issue.record("a new passphrase was asked for")
    throw .noPassphrase(store: store, hint: "")
  }
}

/// The folder of one age store, gone after the test.
final class AgeDesk {
  let home: Folder
  var path: String { home.path("age") }

  init() throws { home = try Folder() }

  /// A desk with a store that was set up under `two words`.
  static func ready() throws -> AgeDesk {
    let desk = try AgeDesk()
    try desk.store(Person()).setUp()
    return desk
  }

  /// The store as a new process finds it; its passphrases take no time.
  func store(_ asking: any PassphraseAsking = Nobody()) -> AgeStore {
    AgeStore(folder: path, asking: asking, workFactor: 2)
  }

  /// The store, unlocked when it is first read.
  func opened() -> AgeStore { store(Person(answers: ["two words"])) }
}
