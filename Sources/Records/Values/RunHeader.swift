public import FlowCore

/// What the first line of a journal says of the whole run, or of the one operation on a key that the record is about.
public struct RunHeader: Equatable, Sendable {
  /// The version of the journal format.
  ///
  /// Format 2 counts fewer things as exceptions (`State.Rules`), and says who went on with a run.
  public static let currentFormat = 2

  public var format: Int
  /// The record's id, for example `7q4m`.
  public var run: String
  /// What was done with a key; nil for a run. There is no flow then: its id and its text are empty.
  public var operation: KeyOperation?
  public var flowID: String
  public var flowVersion: Int
  /// The text of the flow file, whole, so that the record explains itself for ever.
  public var flowText: String
  public var toolVersion: String
  /// The login name and the host where the run began.
  public var user: String
  public var host: String
  /// Who performs the ceremony, and who will own the key, where given.
  public var performer: String?
  public var owner: String?
  /// A ticket, where given.
  public var reference: String?
  public var began: Timestamp

  public init(
    format: Int = RunHeader.currentFormat, run: String, flowID: String, flowVersion: Int, flowText: String,
    toolVersion: String, user: String, host: String, performer: String? = nil, owner: String? = nil,
    reference: String? = nil, began: Timestamp
  ) {
    self.format = format
    self.run = run
    self.flowID = flowID
    self.flowVersion = flowVersion
    self.flowText = flowText
    self.toolVersion = toolVersion
    self.user = user
    self.host = host
    self.performer = performer
    self.owner = owner
    self.reference = reference
    self.began = began
  }
}

extension RunHeader {
  /// The header of a record that is about an operation on a key.
  public init(
    of operation: KeyOperation, id: String, toolVersion: String, user: String, host: String, began: Timestamp
  ) {
    self.init(
      run: id, flowID: "", flowVersion: 0, flowText: "", toolVersion: toolVersion, user: user, host: host, began: began)
    self.operation = operation
  }

  /// The rules by which the run's events are folded.
  public var rules: State.Rules { format < 2 ? .first : .second }
}

/// One event of a run as it stands in the journal.
public struct Entry: Equatable, Sendable {
  /// The line of the journal, from 1; the header is line 1, so that entries begin at 2.
  public var line: Int
  public var at: Timestamp
  public var event: Event
  /// Whether free text in it was blanked afterwards.
  public var isRedacted: Bool

  public init(line: Int, at: Timestamp, event: Event, isRedacted: Bool = false) {
    self.line = line
    self.at = at
    self.event = event
    self.isRedacted = isRedacted
  }
}
