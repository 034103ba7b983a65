/// Where a section stands in its flow.
public struct SectionPlace: Equatable, Sendable {
  public let section: Section
  /// What the numbers of its steps begin with: "3"; of a second key "B3"; of what comes before the first part "0".
  public let number: String
  /// Its place among the parts that are counted, from 1, and how many there are; nil where it is not counted.
  public let place: Int?
  public let count: Int

  /// "Part 3 of 6: Name the key"; of one of several keys "TestNet key, part 3 of 6: Name the key".
  public var title: String {
    guard let place else { return section.title }
    let counted = "art \(place) of \(count): \(section.title)"
    return section.key.map { "\($0), p\(counted)" } ?? "P\(counted)"
  }
}

/// The numbers of a flow's steps: the same in every walk, so that two people can speak of "3.2".
///
/// The steps of the straight way count on within their section, and a step beside it has the number of the one before it and
/// a letter. The parts of a second key have the numbers of the parts of the first that are called the same.
struct Numbering: Equatable, Sendable {
  private(set) var parts: [SectionPlace] = []
  /// The place of each step's section among `parts`.
  private(set) var sections: [Int?] = []
  /// The number of each step, if it has one.
  private(set) var labels: [String?] = []

  init() {}

  /// - Parameter straight: the places of the steps of the straight way; nil while nobody has walked it: then every step
  ///   counts on.
  init(of flow: Flow, straight: Set<Int>? = nil) {
    // The steps are looked at where they stand: each is a large value.
    let steps = flow.steps
    guard let first = steps.indices.lazy.compactMap({ steps[$0].section }).first else {
      var number = 0
      sections = steps.indices.map { _ in nil }
      labels = steps.indices.map { place in
        if steps[place].isEnd { return nil }
        number += 1
        return "\(number)"
      }
      return
    }
    var found: [Section] = []
    var places: [Section: Int] = [:]
    var current = first
    sections = steps.indices.map { place in
      current = steps[place].section ?? current
      if places[current] == nil {
        places[current] = found.count
        found.append(current)
      }
      return places[current]
    }
    parts = Self.parts(found)
    label(flow, straight)
  }

  // MARK: - Private

  private static func parts(_ sections: [Section]) -> [SectionPlace] {
    var keys: [String] = []
    for key in sections.compactMap(\.key) where !keys.contains(key) { keys.append(key) }
    // What belongs to no key counts with the first.
    func group(_ section: Section) -> Int { section.key.flatMap { keys.firstIndex(of: $0) } ?? 0 }
    var places: [Int: [String: Int]] = [:]
    for section in sections where section.isPart {
      let own = places[group(section), default: [:]]
      if own[section.title] != nil { continue }
      places[group(section), default: [:]][section.title] =
        places[0]?[section.title] ?? (own.values.max() ?? places[0]?.values.max() ?? 0) + 1
    }
    let last = places.values.flatMap(\.values).max() ?? 0
    return sections.map { section in
      guard section.isPart, let place = places[group(section)]?[section.title] else {
        let number = section.title == Section.preparation ? 0 : last + 1
        return SectionPlace(section: section, number: "\(number)", place: nil, count: 0)
      }
      let letter = group(section) == 0 ? "" : Self.letters(group(section)).uppercased()
      return SectionPlace(
        section: section, number: "\(letter)\(place)", place: place,
        count: places[group(section)]?.values.max() ?? place)
    }
  }

  private mutating func label(_ flow: Flow, _ straight: Set<Int>?) {
    var counted: [Int: (main: Int, beside: Int)] = [:]
    labels = flow.steps.indices.map { index in
      guard flow.steps[index].asks, let section = sections[index] else { return nil }
      var count = counted[section] ?? (0, 0)
      if straight?.contains(index) ?? true || count.main == 0 {
        count = (count.main + 1, 0)
      } else {
        count.beside += 1
      }
      counted[section] = count
      return "\(parts[section].number).\(count.main)" + (count.beside > 0 ? Self.letters(count.beside - 1) : "")
    }
  }

  /// 0 is a, 25 is z, 26 is aa.
  private static func letters(_ number: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number % 26)))
    return number < 26 ? letter : letters(number / 26 - 1) + letter
  }
}
