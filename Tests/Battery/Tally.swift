import Glibc
import Synchronization

/// The groups of the battery, and what each is about.
public enum BatteryGroup: String, CaseIterable, Sendable {
  case vectors = "A"
  case kills = "B"
  case errors = "C"
  case writes = "D"
  case crowds = "E"
  case terminal = "F"
  case escapes = "G"
  case canary = "H"
  case contract = "I"
  case helpers = "J"
  case files = "K"
  case fuzz = "L"
  case attacks = "M"
  case exec = "N"
  case hardening = "X"

  public var title: String {
    switch self {
    case .vectors: "age vectors, interop, bit flips, truncations"
    case .kills: "kill -9 at every system call"
    case .errors: "an error at every system call"
    case .writes: "short and failing writes, a full disk"
    case .crowds: "many writers and a reader"
    case .terminal: "signals at every prompt"
    case .escapes: "escape sequences in every text"
    case .canary: "the secret in files, screens, logs and cores"
    case .contract: "the contract, against each real store"
    case .helpers: "hostile helper programs"
    case .files: "hostile flows, ids and addresses"
    case .fuzz: "random bytes for every reader"
    case .attacks: "links, pipes, modes and owners"
    case .exec: "exec"
    case .hardening: "what else guards the process"
    }
  }
}

/// Counts the cases of the battery, and prints the table when the tests end.
public enum Tally {
  public static func count(_ group: BatteryGroup, cases: Int = 1, failed: Int = 0) {
    counts.withLock { counts in
      counts.begin()
      counts.groups[group, default: Row()].cases += cases
      counts.groups[group, default: Row()].failed += failed
    }
  }

  /// Notes by name what could not be run here.
  public static func notRun(_ group: BatteryGroup, _ what: String) {
    counts.withLock { counts in
      counts.begin()
      counts.notRun.insert("\(group.rawValue): \(what)")
    }
  }

  // MARK: - Private

  private struct Row {
    var cases = 0
    var failed = 0
  }

  private struct Counts {
    var groups: [BatteryGroup: Row] = [:]
    var notRun: Set<String> = []
    var willPrint = false

    mutating func begin() {
      guard !willPrint else { return }
      willPrint = true
      // There is no hook after the last test; the tests end by `exit`.
      atexit { Tally.printTable() }
    }
  }

  private static let counts = Mutex(Counts())

  private static func printTable() {
    let (groups, notRun) = counts.withLock { ($0.groups, $0.notRun) }
    var lines = ["", "The battery\(isWhole ? "" : " (the part for each push)"):", "group   cases  failed"]
    for group in BatteryGroup.allCases {
      guard let row = groups[group] else { continue }
      lines.append("\(group.rawValue)    \(padded(row.cases, 8))\(padded(row.failed, 8))  \(group.title)")
    }
    let all = groups.values.reduce(into: Row()) { $0 = Row(cases: $0.cases + $1.cases, failed: $0.failed + $1.failed) }
    lines.append("all  \(padded(all.cases, 8))\(padded(all.failed, 8))")
    lines += notRun.sorted().map { "not run: \($0)" }
    // In one piece, past any buffer of the test runner's.
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    _ = write(STDOUT_FILENO, text, text.count)
  }

  private static func padded(_ number: Int, _ columns: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(columns - text.count, 1)) + text
  }
}

/// Whether every case is to be run: `KEYUSHER_BATTERY=all`. Otherwise a part of the large groups is, the same at each push.
public let isWhole = getenv("KEYUSHER_BATTERY").map { String(cString: $0) } == "all"

extension Collection {
  /// Every element in the whole battery; otherwise the first, the last and every `step`th between.
  public func part(oneIn step: Int) -> [Element] {
    isWhole ? Array(self) : enumerated().filter { $0.offset % step == 0 || $0.offset == count - 1 }.map(\.element)
  }
}
