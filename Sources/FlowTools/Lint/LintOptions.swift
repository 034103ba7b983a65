public import FlowText
import PlainText

/// What the linter can look at only if it is told more than the flow says.
public struct LintOptions: Equatable, Sendable {
  /// The day of the lint, `YYYY-MM-DD`; none: the days of sources are not looked at.
  public var today: String?
  /// How many days old a source may be; none: any.
  public var staleDays: Int?
  /// The hosts that addresses may have; none: any.
  public var officialHosts: [String]?

  public init(today: String? = nil, staleDays: Int? = nil, officialHosts: [String]? = nil) {
    self.today = today
    self.staleDays = staleDays
    self.officialHosts = officialHosts
  }
}

extension ReadingOptions {
  /// Reads a flow or a pack, and looks for whatever can be found in it.
  public static func lint(_ options: LintOptions = LintOptions(), _ subject: Subject = .own) -> ReadingOptions {
    var reading = ReadingOptions(subject)
    reading.checkStep = { notes, findings in
      findings.checkTexts(notes)
      notes.hosts = findings.checkAddresses(notes)
      (notes.screenTexts, notes.addresses) = ([], [])
    }
    reading.check = { flow, notes, findings in
      findings.checkSources(notes, options)
      _ = findings.checkAddresses(notes)
      // A pack names its official hosts itself, and whether its texts fit a screen is found where flows use them.
      guard let flow else { return }
      if let hosts = options.officialHosts { findings.checkHosts(notes, hosts) }
      FlowLint(flow: flow, notes: notes, findings: findings).check()
    }
    return reading
  }
}
