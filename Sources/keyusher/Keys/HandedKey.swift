import Ceremony
import FlowCore
import FlowText
import Glibc
import Inventory
import Records
import SecretMemory
import Stores

/// A key that is handed over to be asked about, and kept nowhere: what `exec --fd` gives, which is an entry as stores have it,
/// or what is in the file of `key send`, which says besides what its sender knows of the key.
struct HandedKey {
  let name: EntryName
  let credential: StoredCredential
  let facts: KeyFacts
  /// Where it came from, in place of a store's id: "fd:0".
  let place: String

  /// Reads it, to the end of a descriptor or a file.
  init(from reference: SecretReference, at moment: Timestamp) throws {
    place = reference.shown
    if case .fd(let number) = reference, isatty(number) == 1 { throw CommandError.typed(place) }
    let text: SecretBytes
    do {
      text = try SecretSource().read(reference, isToItsEnd: true)
    } catch let obstacle as SecretObstacle {
      throw CommandError(obstacle.message, hint: obstacle.hint, status: .noInput)
    }
    let sent: SentKey
    do throws(StoredCredential.Fault) {
      sent = try SentKey(decoding: text)
      credential = try StoredCredential(decoding: sent.entry)
    } catch {
      if case .memory(let error) = error { throw StoreError.memory(error) }
      throw CommandError.isNoKey(place, "\(error)")
    }
    let known = sent.facts.filter { KeyFacts.travelling.contains($0.key) }
    if let flaw = credential.flaw ?? known.flaw { throw CommandError.isNoKey(place, flaw) }
    guard
      let name = sent.name.flatMap({ EntryName.chosen($0) })
        ?? EntryName.fitting("\(credential.exchange)/\(credential.label)")
    else { throw CommandError.isNoKey(place, "its label can be no name") }
    // Whoever made it may have put the secret where it would go on record.
    try KeyIntake.refuse(
      known.values + [credential.exchange, credential.label, credential.run, name.text, place].compactMap(\.self),
      holding: credential.parts, as: "what is said of the key", undone: "asked")
    self.name = name
    facts = KeyFacts(
      CredentialReference(store: place, name: name.text), exchange: credential.exchange, since: moment,
      account: known["account"], purpose: known["purpose"], program: known["program"], owner: known["owner"])
  }
}

// MARK: - Words

extension CommandError {
  private static let how = "on the machine that has it: keyusher exec NAME --fd -- sh -c 'PROGRAM <&\"$KEYUSHER_FD\"'"

  fileprivate static func typed(_ place: String) -> CommandError {
    CommandError(
      "\(place) is a terminal, where a key would show", hints: ["hand it over by a pipe or a file", how], status: .usage
    )
  }

  fileprivate static func isNoKey(_ place: String, _ why: String) -> CommandError {
    CommandError(
      "what came from \(place) is no key: \(why)", hints: ["hand over the stored JSON object; \(how)"],
      status: .wrongInput)
  }

  static let noHandedReference = CommandError(
    "--from takes env:NAME, file:PATH or fd:N, not the key itself",
    hints: ["if it was one, it may stand in your shell's history now: remove it there, and make a new key"],
    status: .usage)
}
