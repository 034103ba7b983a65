import AgeFormat
import Glibc
import SecretMemory
import Stores

// A program for the tests that kill, starve and race an age store: the folder, then steps, done one after the other until
// one fails, each with a line of what came of it.
//   setup, put NAME TEXT, confirm NAME TEXT, rename NAME OTHER, over NAME OTHER, replace NAME PENDING, copy NAME OTHER,
//   delete NAME, names, passphrase, share RECIPIENT (keep for it, too)
//   umask OCTAL      for what follows
//   swing COUNT      put, settle by turns over one name, COUNT times

/// Knows the passphrase, and the next one.
struct Knowing: PassphraseAsking {
  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    guard !isRepeated else { throw .stopped }
    return try bytes("two words")
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    try bytes(CommandLine.arguments.contains("passphrase") ? "three words" : "two words")
  }
}

func bytes(_ text: String) throws(StoreError) -> SecretBytes {
  do throws(SecretMemoryError) {
    return try SecretBytes(copying: Array(text.utf8))
  } catch {
    throw .memory(error)
  }
}

struct Usage: Error {}

var words = CommandLine.arguments.dropFirst()

@MainActor func next() throws -> String {
  guard let word = words.popFirst() else { throw Usage() }
  return word
}

@MainActor func nextName() throws -> EntryName {
  guard let name = try EntryName(next()) else { throw Usage() }
  return name
}

@MainActor func swing(_ store: AgeStore, _ count: Int) throws {
  guard let name = EntryName("gate-io/swung"), let pending = EntryName("pending/\(getpid())") else { throw Usage() }
  for number in 0..<count {
    try store.put(bytes(String(repeating: "\(number % 10)", count: 3000)), as: pending)
    try store.rename(pending, to: name, replacing: true)
  }
}

@MainActor func perform(_ step: String, _ store: AgeStore) throws {
  switch step {
  case "setup": try store.setUp()
  case "put":
    let name = try nextName()
    try store.put(bytes(next()), as: name)
  case "confirm":
    let name = try nextName()
    try store.confirm(name, holds: bytes(next()))
  case "rename": try store.rename(nextName(), to: nextName(), replacing: false)
  case "over": try store.rename(nextName(), to: nextName(), replacing: true)
  case "replace": try Custody(store).replace(nextName(), with: nextName())
  case "copy": try store.copy(nextName(), to: nextName())
  case "delete": try store.delete(nextName())
  case "names": print(try store.names().map(\.text).joined(separator: " "))
  case "passphrase": try store.changePassphrase()
  case "share": try store.setRecipients(store.recipients().prefix(1) + [Recipient(next())])
  case "umask": umask(mode_t(try next(), radix: 8) ?? 0)
  case "swing": try swing(store, Int(next()) ?? 0)
  default: throw Usage()
  }
}

do {
  let store = AgeStore(folder: try next(), asking: Knowing(), workFactor: 2)
  while let step = words.popFirst() {
    try perform(step, store)
    print("\(step): done")
  }
} catch {
  print("failed: \(error)")
  exit(1)
}
