import Glibc

/// Measures the release build: how soon it asks, how soon it asks again, and what long flows and many keys cost.
@main
enum KeyusherBench {
  static let usage = """
    Measures keyusher beside other programs, all in one go, and prints medians and ratios.

    Usage: keyusher-bench [SECTION ...] [--rounds N] [--instructions]
    Build: swift build -c release --static-swift-stdlib

      start           start to first prompt on a pseudo-terminal, and peak memory there
      walk            Enter to next prompt, over a walk of the shipped flow
      replay          a generated flow of 100, 1,000 and 10,000 steps, replayed
      homes           lists, audit, show and resume in homes of 100, 1,000 and 10,000 records
      lint            the shipped flows, 1,000 generated ones, and one of 10,000 steps, checked
      verify          100 keys, about which an exchange is asked that keyusher-standin plays
      find            200 keys and files without, searched, beside detect-secrets; the time, beside ripgrep
      --rounds N      how often each is measured, 3 to 999 (21; all but the first two a seventh, at least 3)
      --instructions  count the instructions of the starts and replays too, with valgrind (some minutes)

    Without a section all are measured.

    """

  static func main() {
    var order: Order
    switch Order.reading(CommandLine.arguments.dropFirst()) {
    case .run(let read): order = read
    case .help:
      print(usage, terminator: "")
      return
    case .wrong(let word):
      complain("'\(word)' is not understood\nhint: 'keyusher-bench --help' shows what is")
      exit(64)
    }
    if order.sections.isEmpty { order.sections = Set(Order.Section.allCases) }
    do {
      try run(order)
    } catch {
      complain("\(error)")
      exit(1)
    }
  }

  private static func run(_ order: Order) throws {
    let bench = try Bench()
    print("keyusher-bench: medians of \(order.rounds), interleaved; \(processorCount) processors")
    if order.sections.contains(.start) {
      try StartSection(bench).run(rounds: order.rounds, countsInstructions: order.countsInstructions)
    }
    if order.sections.contains(.walk) { try WalkSection(bench).run(rounds: order.rounds) }
    if order.sections.contains(.replay) {
      try ReplaySection(bench).run(rounds: max(3, order.rounds / 7), countsInstructions: order.countsInstructions)
    }
    if order.sections.contains(.homes) { try HomesSection(bench).run(rounds: max(3, order.rounds / 7)) }
    if order.sections.contains(.lint) { try LintSection(bench).run(rounds: max(3, order.rounds / 7)) }
    if order.sections.contains(.verify) { try VerifySection(bench).run(rounds: max(3, order.rounds / 7)) }
    if order.sections.contains(.find) { try FindSection(bench).run(rounds: max(3, order.rounds / 7)) }
    print("\nAll of it took \(processorSeconds.rounded(to: 1)) processor seconds")
  }

  private static func complain(_ words: String) {
    let line = Array("keyusher-bench: \(words)\n".utf8)
    write(STDERR_FILENO, line, line.count)
  }

  /// User and system time of this program and of all that it ran.
  private static var processorSeconds: Double {
    [RUSAGE_SELF, RUSAGE_CHILDREN].reduce(0) { sum, who in
      var usage = rusage()
      getrusage(who.rawValue, &usage)
      return sum + (Duration(usage.ru_utime) + Duration(usage.ru_stime)) / .seconds(1)
    }
  }

  private static var processorCount: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
}

/// What the command line asks for.
struct Order {
  enum Section: String, CaseIterable { case start, walk, replay, homes, lint, verify, find }
  enum Reading {
    case run(Order)
    case help
    case wrong(String)
  }

  var sections: Set<Section> = []
  var rounds = 21
  var countsInstructions = false

  static func reading(_ words: some Sequence<String>) -> Reading {
    var order = Order()
    var words = words.makeIterator()
    while let word = words.next() {
      switch word {
      case "-h", "--help": return .help
      case "--instructions": order.countsInstructions = true
      case "--rounds":
        guard let number = words.next().flatMap({ Int($0) }), (3...999).contains(number) else { return .wrong(word) }
        order.rounds = number
      default:
        guard let section = Section(rawValue: word) else { return .wrong(word) }
        order.sections.insert(section)
      }
    }
    return .run(order)
  }
}
