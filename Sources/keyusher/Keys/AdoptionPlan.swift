import Ceremony
import FlowCore
import PlainText
import SecretMemory
import Stores

/// The keys of a file, looked at one and all before the first is kept.
struct AdoptionPlan {
  /// A key that can be kept.
  struct Entry {
    var line: Int
    var adoption: Adoption
    var parts: [String: SecretBytes]
    /// Whether the store has just this key under the name: the file was taken in before, or a part of it.
    var isKept = false
  }

  private(set) var entries: [Entry] = []
  /// What is wrong, in the order of the file.
  private(set) var flaws: [AdoptionTable.Flaw] = []
  private let path: String
  private let context: CommandContext
  private let registry: StoreRegistry
  private let store: any CredentialStore
  private let choice: ExchangeChoice
  private let isAgreed: Bool
  private let source: PartSource
  private var intakes: [String: KeyIntake] = [:]

  /// The columns of a row that are none of its key's parts.
  static let facts = ["name", "exchange", "label", "account", "purpose", "program", "owner"]

  /// - Parameter isAgreed: whether what is certainly no part of a key is taken all the same.
  init(
    _ path: String, for context: CommandContext, in store: any CredentialStore, of registry: StoreRegistry,
    _ choice: ExchangeChoice, isAgreed: Bool
  ) {
    self.path = path
    self.context = context
    self.registry = registry
    self.store = store
    self.choice = choice
    self.isAgreed = isAgreed
    source = PartSource(environment: context.surroundings.environment)
  }

  /// Reads the file and all that it refers to.
  mutating func read() throws {
    let table = AdoptionTable(try text(), columns: Self.facts + (try partNames()))
    flaws = table.flaws
    guard flaws.isEmpty else { return }
    for row in table.rows where !isFull {
      do {
        entries.append(try entry(of: row))
      } catch let flaw as AdoptionTable.Flaw {
        flaws.append(flaw)
      }
    }
    checkThatNoneIsTwice(in: table)
    try lookIntoTheStore(table)
    flaws.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    flaws = Array(flaws.prefix(AdoptionTable.mostFlaws))
  }

  /// Whether so much is wrong that no more is looked for.
  private var isFull: Bool { flaws.count >= AdoptionTable.mostFlaws }

  // MARK: - Private: the file

  private func text() throws -> String {
    guard let bytes = try FlowFile.read(path, isTrusted: false) else {
      throw CommandError(
        "'\(path)' is too large for a file of keys", hints: ["make several files of it"], status: .wrongInput)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError("'\(path)' is no text in UTF-8", hints: ["save it as UTF-8"], status: .wrongInput)
    }
    return text
  }

  /// The names of all parts that keys have anywhere.
  private func partNames() throws -> [String] {
    let catalog = try context.catalog()
    let kinds = (choice.listed + [KeyKind.any]).flatMap { KeyKind.kinds(of: $0, on: catalog) }
    let names = Set(kinds.flatMap(\.names) + kinds.compactMap(\.inTheOtherForm).flatMap(\.names))
    let usual = ["key", "secret", CredentialPart.passphrase, CredentialPart.privateKey.name]
    return usual + names.subtracting(usual).sorted()
  }

  // MARK: - Private: a row

  private mutating func entry(of row: AdoptionTable.Row) throws -> Entry {
    for (column, cell) in row.cells.sorted(by: { $0.value.column < $1.value.column }) where Self.facts.contains(column)
    {
      if looksLikeSecret(cell.text) { throw cell.flaw("what stands here looks like a secret", Self.onlyByReference) }
      if cell.text.count > Shape.longest {
        throw cell.flaw("this is longer than \(Shape.longest) characters", "make it shorter")
      }
      if display(cell.text) != cell.text {
        throw cell.flaw("there are signs in '\(column)' that nobody sees", "type it anew")
      }
    }
    guard let name = row.cells["name"] else { throw row.flaw("this key has no name", "fill its column 'name'") }
    let entry: EntryName
    do {
      entry = try EntryName.chosen(byPerson: name.text)
    } catch let error as CommandError {
      throw name.flaw(error)
    }
    let exchange = try exchange(row.cells["exchange"], of: entry, at: name)
    let taken = try taken(of: row, exchange)
    let label = row.cells["label"]?.text ?? entry.text.split(separator: "/").last.map(String.init) ?? entry.text
    do {
      try KeyIntake.refuse(Self.facts.compactMap { row.cells[$0]?.text }, holding: taken.parts)
    } catch is CommandError {
      throw row.flaw("a text of this row holds a part of the key itself", "take it out")
    }
    return Entry(
      line: row.line,
      adoption: Adoption(
        name: entry, store: store.id, exchange: exchange, label: label, listed: taken.listed,
        account: row.cells["account"]?.text,
        purpose: row.cells["purpose"]?.text, program: row.cells["program"]?.text, owner: row.cells["owner"]?.text),
      parts: taken.parts)
  }

  private func exchange(_ said: AdoptionTable.Cell?, of entry: EntryName, at name: AdoptionTable.Cell) throws -> String
  {
    let found: ExchangeChoice.Finding
    do throws(CommandError) {
      found = try choice.find(for: entry, said: said?.text)
    } catch {
      throw (said ?? name).flaw(error)
    }
    switch found {
    case .known(let exchange): return exchange
    case .unlisted(let exchange): throw (said ?? name).flaw(.unlisted(exchange, near: choice.near(to: exchange)))
    case .open:
      let near = choice.near(to: String(entry.text.prefix { $0 != "/" }))
      throw name.flaw(
        "nothing says which exchange '\(entry)' is a key of",
        near.map { "did you mean '\($0)'? Say it in the column 'exchange'" } ?? "say it in the column 'exchange'")
    }
  }

  private mutating func taken(of row: AdoptionTable.Row, _ exchange: String) throws -> KeyIntake.Taken {
    var given: [KeyIntake.Given] = []
    let cells = row.cells.filter { !Self.facts.contains($0.key) }.sorted { $0.value.column < $1.value.column }
    for (part, cell) in cells {
      guard let reference = PartReference(cell.text) else {
        throw cell.flaw("'\(part)' is given by reference only", "write \(PartReference.forms); \(Self.onlyByReference)")
      }
      given.append(KeyIntake.Given(part: part, reference: reference))
    }
    let intake = try intakes[exchange] ?? KeyIntake(of: exchange, for: context, isListed: choice.isListed(exchange))
    intakes[exchange] = intake
    do {
      let read = try intake.read(given, from: source, isAgreed: isAgreed)
      for read in read {
        guard let cell = row.cells[read.part.name] else { continue }
        let place = "\(path):\(cell.line):\(cell.column): \(read.part.title): "
        context.console.remark(read.doubts.map { Sentence(.warning, place + $0) })
      }
      return intake.taken(read)
    } catch let misfit as KeyKind.Misfit {
      let cell = misfit.missing.isEmpty ? misfit.foreign.first.flatMap { row.cells[$0] } : nil
      let columns = misfit.missing.map { "'\($0.name)'" }.listed(with: "and")
      let hint = misfit.missing.isEmpty ? misfit.hint : "fill \(columns); \(misfit.hint)"
      throw row.flaw(misfit.words(of: exchange), hint, at: cell)
    } catch let obstacle as KeyIntake.Obstacle {
      throw row.flaw(obstacle.message, obstacle.hint, at: row.cells[obstacle.part])
    } catch let error as StoreError {
      throw row.flaw(error.what, error.hint, at: cells.first?.value)
    }
  }

  // MARK: - Private: all rows

  /// Names of which two rows have one, and secrets: those are slips of whoever made the file.
  private mutating func checkThatNoneIsTwice(in table: AdoptionTable) {
    let rows = Dictionary(table.rows.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, entry) in entries.enumerated() {
      for other in entries[..<index] where !isFull {
        if other.adoption.name == entry.adoption.name, let cell = rows[entry.line]?.cells["name"] {
          flaws.append(cell.flaw("the key at line \(other.line) has the same name", "give each its own"))
          continue
        }
        for (part, bytes) in entry.parts where part != CredentialPart.passphrase {
          guard let twin = other.parts[part], twin.constantTimeEquals(bytes), let cell = rows[entry.line]?.cells[part]
          else { continue }
          flaws.append(
            cell.flaw("this is the same '\(part)' as at line \(other.line)", "look which of the two is right"))
        }
      }
    }
  }

  /// What has one of the names already: this very key, or another, which is not touched.
  private mutating func lookIntoTheStore(_ table: AdoptionTable) throws {
    let names = Set(try store.names())
    for index in entries.indices where names.contains(entries[index].adoption.name) {
      let entry = entries[index]
      let kept = try StoredCredential(entry.adoption.name, in: store, of: registry)
      entries[index].isKept = kept.exchange == entry.adoption.exchange && kept.has(entry.parts)
      guard !entries[index].isKept, let cell = table.rows.first(where: { $0.line == entry.line })?.cells["name"]
      else { continue }
      flaws.append(
        cell.flaw(
          "another key has the name '\(entry.adoption.name)' in the store '\(store.id)'",
          "choose another name; nothing is overwritten"))
    }
  }

  private static let onlyByReference = "if it is the part itself, take it out of the file; it is not shown here"
}

extension AdoptionTable.Row {
  fileprivate func flaw(_ message: String, _ hint: String?, at cell: AdoptionTable.Cell? = nil) -> AdoptionTable.Flaw {
    AdoptionTable.Flaw(line: cell?.line ?? line, column: cell?.column ?? 1, message: message, hint: hint)
  }
}

extension AdoptionTable.Cell {
  fileprivate func flaw(_ message: String, _ hint: String?) -> AdoptionTable.Flaw {
    AdoptionTable.Flaw(line: line, column: column, message: message, hint: hint)
  }

  fileprivate func flaw(_ error: CommandError) -> AdoptionTable.Flaw {
    flaw(error.message, error.hints.isEmpty ? nil : error.hints.joined(separator: "; "))
  }
}
