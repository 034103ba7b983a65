/// A page over keys: texts as people read them, none of which is markup.
public struct KeysPage: Sendable {
  /// What is wrong with some keys, and a line for each.
  public struct Concern: Sendable {
    public var title: String
    /// What holds for all of its lines, with one command where there is one.
    public var lead: String?
    public var command: String?
    public var items: [Item] = []
    /// Of whom it can't be told, and why.
    public var others: [String] = []

    public init(_ title: String) { self.title = title }
  }

  /// What is the matter with a key, what comes of it and on whose word that is, and what to do.
  public struct Item: Sendable {
    public var what: String
    public var facts: String
    public var advice: String
    public var command: String?

    public init(_ what: String, facts: String, advice: String, command: String?) {
      (self.what, self.facts, self.advice, self.command) = (what, facts, advice, command)
    }
  }

  /// A key in a table; nil is what nobody told.
  public struct Row: Sendable {
    public var name: String
    /// Where it lies.
    public var place: String
    public var listed: String?
    public var account: String?
    public var state: String
    /// Whether that calls for somebody.
    public var isUrgent = false
    public var powers: String
    /// The day on which its exchange was asked last, and what it said.
    public var asked: String?
    public var verdict: String
    /// Whether that is against it.
    public var isAgainst = false
    /// Its last day, on whose word that is, and whether it is by a rule.
    public var ends: String?
    public var endsBy: String?
    public var isByRule = false
    /// What stands against it, in a word, beside its name in lists.
    public var mark: String?

    public init(_ name: String, place: String, state: String, powers: String, verdict: String) {
      (self.name, self.place, self.state, self.powers, self.verdict) = (name, place, state, powers, verdict)
    }
  }

  /// Keys that have something in common, by their numbers among the rows.
  public struct Group: Sendable {
    public var title: String
    public var rows: [Int]

    public init(_ title: String, rows: [Int]) { (self.title, self.rows) = (title, rows) }
  }

  /// What became of keys, the last first.
  public struct Changes: Sendable {
    /// `2026-11-26`
    public var since: String
    public var lines: [(day: String, what: String)]

    public init(since day: String, _ lines: [(day: String, what: String)]) { (since, self.lines) = (day, lines) }
  }

  /// Of which computer and day it is.
  public var title: String
  /// What needs somebody, in a sentence.
  public var headline: String
  /// How many keys there are, and which.
  public var scope: [String] = []
  /// What is missing on the page.
  public var missing: String?
  /// The worst first.
  public var concerns: [Concern] = []
  public var rows: [Row] = []
  /// Each row is in one of them.
  public var byExchange: [Group] = []
  public var byProgram: [Group] = []
  public var byOwner: [Group] = []
  /// Nil where nobody asked for it.
  public var changes: Changes?
  /// What the page rests on, and what is missing.
  public var foot: [String] = []

  public init(_ title: String, headline: String) { (self.title, self.headline) = (title, headline) }

  /// A line that stands near the beginning of each page of this kind, and of no other file.
  public static let mark = "<meta name=\"generator\" content=\"keyusher key list\">"
}

/// Turns a page over keys into HTML that loads nothing and runs nothing.
///
/// - Throws: `ExportError`, if a part of this program is broken; no text is refused.
public func html(of page: KeysPage) throws(ExportError) -> String {
  try PageTemplate<HTML>("keys", in: HTML.pages).rendered(page.values)
}

extension KeysPage {
  fileprivate var values: PageValue<HTML> {
    [
      "title": .text(title), "headline": .text(headline), "scope": .each(scope) { .text($0) },
      "missing": .text(missing), "concerns": numbered(concerns, concern),
      "hasRows": .flag(!rows.isEmpty), "byExchange": .each(byExchange) { group($0) },
      "shared": .list([
        ["id": .text("programs"), "by": .text("program"), "groups": .each(byProgram) { group($0) }],
        ["id": .text("owners"), "by": .text("owner"), "groups": .each(byOwner) { group($0) }],
      ]),
      "changes": .given(changes) { changes in
        [
          "since": .text(changes.since), "hasLines": .flag(!changes.lines.isEmpty),
          "lines": .each(changes.lines) { ["day": .text($0.day), "what": .text($0.what)] },
        ]
      },
      "foot": .each(foot) { .text($0) },
    ]
  }

  private func numbered<Each>(_ all: [Each], _ value: (Int, Each) -> PageValue<HTML>) -> PageValue<HTML> {
    .list(all.enumerated().map { value($0 + 1, $1) })
  }

  private func concern(_ number: Int, _ concern: Concern) -> PageValue<HTML> {
    [
      "number": .number(number), "concern": .text(concern.title), "count": .number(concern.items.count),
      "hasItems": .flag(!concern.items.isEmpty), "lead": .text(concern.lead), "all": .code(concern.command),
      "items": .each(concern.items) { item in
        [
          "what": .text(item.what), "facts": .text(item.facts), "advice": .text(item.advice),
          "command": .code(item.command),
        ]
      },
      "others": .each(concern.others) { .text($0) },
    ]
  }

  private func group(_ group: Group) -> PageValue<HTML> {
    [
      "name": .text(group.title), "count": .text(group.rows.count == 1 ? "1 key" : "\(group.rows.count) keys"),
      "rows": .each(group.rows) { row($0 + 1, rows[$0]) },
    ]
  }

  private func row(_ number: Int, _ row: Row) -> PageValue<HTML> {
    [
      "number": .number(number), "key": .text(row.name), "place": .text(row.place), "listed": .text(row.listed),
      "account": .text(row.account), "state": .text(row.state), "isUrgent": .flag(row.isUrgent),
      "powers": .text(row.powers), "asked": .text(row.asked), "verdict": .text(row.verdict),
      "isAgainst": .flag(row.isAgainst), "ends": .text(row.ends), "endsBy": .text(row.endsBy),
      "isByRule": .flag(row.isByRule), "mark": .text(row.mark),
    ]
  }
}
