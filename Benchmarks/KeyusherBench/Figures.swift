/// Measured values, of which the middle one counts.
struct Figures {
  private(set) var milliseconds: [Double] = []
  private(set) var processorMilliseconds: [Double] = []
  private(set) var memory: [Int] = []
  /// Whether what is measured did not work, because it is not there.
  var isBroken = false

  mutating func add(_ arrival: Arrival) {
    milliseconds.append(arrival.time / .milliseconds(1))
    processorMilliseconds.append(arrival.processorTime / .milliseconds(1))
    memory.append(arrival.peakMemory)
  }

  var isEmpty: Bool { milliseconds.isEmpty }
  var median: Double { milliseconds.middle ?? 0 }
  var processorMedian: Double { processorMilliseconds.middle ?? 0 }
  /// In MiB.
  var peak: Double { Double(memory.max() ?? 0) / 1024 }
}

extension [Double] {
  var middle: Double? { isEmpty ? nil : sorted()[count / 2] }
}

/// Rows of words under a heading, the first column on the left, the others on the right.
struct Table {
  var title: String
  var heading: [String]
  var rows: [[String]] = []

  func show() {
    let all = [heading] + rows
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    print("\n\(title)")
    for row in all {
      let cells = row.enumerated().map { column, cell in
        let blank = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blank : blank + cell
      }
      print("  " + cells.joined(separator: "  "))
    }
  }
}

extension Double {
  /// With so many digits after the point.
  func rounded(to digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((self * Double(scale)).rounded())
    guard digits > 0 else { return String(scaled) }
    let fraction = String(scaled % scale)
    return "\(scaled / scale).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
}
