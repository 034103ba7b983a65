import PlainText
import Records

/// Days as a calendar takes them in: one entry a day, whole days, with an alarm some days before.
///
/// Each time the same is written it has the same id and, from the next second on, a higher number, so that a calendar which takes it in
/// once more changes what it has; what is over is told as cancelled.
///
/// Source: RFC 5545.
struct CalendarText {
  enum Kind: String {
    case event = "VEVENT"
    case task = "VTODO"
  }

  struct Entry {
    /// Stays the same as long as the thing is the same.
    var id: String
    var day: Day
    var title: String
    var text: [String]
    var isCancelled: Bool
  }

  /// How many days before an alarm rings.
  static let alarmDays = 7

  private var lines: [String] = []

  static func text(_ entries: [Entry], as kind: Kind, at now: Timestamp) -> String {
    var calendar = CalendarText()
    calendar.put("BEGIN", "VCALENDAR")
    calendar.put("VERSION", "2.0")
    calendar.put("PRODID", "-//Keyusher//keyusher \(Surroundings.version)//EN")
    for entry in entries { calendar.put(entry, kind, now) }
    calendar.put("END", "VCALENDAR")
    return calendar.lines.map { $0 + "\r\n" }.joined()
  }

  // MARK: - Private

  private mutating func put(_ entry: Entry, _ kind: Kind, _ now: Timestamp) {
    put("BEGIN", kind.rawValue)
    put("UID", entry.id)
    put("DTSTAMP", CalendarText.moment(now))
    // Whatever is written later counts. The seconds since 2020 fit into its 31 bits until 2088.
    put("SEQUENCE", "\(max(0, now.milliseconds / 1000 - 1_577_836_800))")
    switch kind {
    case .event:
      put("DTSTART;VALUE=DATE", CalendarText.date(entry.day))
      put("TRANSP", "TRANSPARENT")
      put("STATUS", entry.isCancelled ? "CANCELLED" : "CONFIRMED")
    case .task:
      put("DUE;VALUE=DATE", CalendarText.date(entry.day))
      // Of one that stands nothing is said: a person may have done it.
      if entry.isCancelled { put("STATUS", "CANCELLED") }
    }
    put("SUMMARY", CalendarText.escaped(entry.title))
    if !entry.text.isEmpty { put("DESCRIPTION", CalendarText.escaped(entry.text.joined(separator: "\n"))) }
    if !entry.isCancelled {
      put("BEGIN", "VALARM")
      put("ACTION", "DISPLAY")
      put("DESCRIPTION", CalendarText.escaped(entry.title))
      // A task without a beginning rings before its end.
      put(kind == .task ? "TRIGGER;RELATED=END" : "TRIGGER", "-P\(CalendarText.alarmDays)D")
      put("END", "VALARM")
    }
    put("END", kind.rawValue)
  }

  /// Puts a line, folded so that none has more than 75 bytes.
  private mutating func put(_ name: String, _ value: String) {
    var line = ""
    for character in "\(name):\(value)".unicodeScalars {
      if line.utf8.count + UTF8.width(character) > 75 {
        lines.append(line)
        line = " "
      }
      line.unicodeScalars.append(character)
    }
    lines.append(line)
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in display(text, keepingLines: true).unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func date(_ day: Day) -> String { "\(day)".replacing("-", with: "") }

  /// `20261203T140500Z`.
  private static func moment(_ moment: Timestamp) -> String {
    String("\(moment)".prefix { $0 != "." }).replacing("-", with: "").replacing(":", with: "") + "Z"
  }
}
