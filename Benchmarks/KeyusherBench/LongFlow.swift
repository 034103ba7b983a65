import Foundation

/// A flow of many steps, and the script that walks it: what a generated or very long procedure costs.
struct LongFlow {
  /// How many steps stand before the review.
  var steps: Int

  /// Its name; none: one that says how long it is.
  var name: String?

  var id: String { "bench/\(name ?? "steps-\(steps)")" }

  /// Writes both into a folder of flows, and returns the script's path.
  @discardableResult
  func write(into folder: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder + "/bench", withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/\(id).yaml", atomically: true, encoding: .utf8)
    let path = "\(folder)/\(id).script"
    try script.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  // MARK: - Private

  private var text: String {
    """
    format: 1
    flow: \(id)
    version: 1
    title: A flow of \(steps) steps
    summary: Made for measuring.
    minutes: 1
    steps:
    \((1...steps).map(step).joined())\
      - id: review
        kind: review
        title: Look it over
      - id: done
        kind: end
        title: Done
        outcome: completed

    """
  }

  /// Every kind of question that a script answers, in turn; each fourth shows an earlier answer.
  private func step(_ number: Int) -> String {
    let head = "  - id: s\(number)\n    title: Step number \(number)\n"
    switch number % 4 {
    case 1: return head + "    kind: text\n    prompt: What is it called?\n    shape: { min: 1, max: 24 }\n"
    case 2: return head + "    kind: confirm\n    prompt: Is it done?\n"
    case 3:
      return head + "    kind: choose\n    prompt: Which one?\n    options:\n"
        + ["red", "green", "blue"].map { "      - id: \($0)\n        title: the \($0) one\n" }.joined()
    default: return head + "    kind: tell\n    say: Remember {s\(number - 3)}.\n"
    }
  }

  private var script: String {
    let answers = (1...steps).map { number in
      "s\(number): " + ["ok", "name-\(number)", "yes", "green"][number % 4]
    }
    return (["flow \(id)"] + answers + ["review: finish", "expect outcome completed"]).joined(separator: "\n") + "\n"
  }
}
