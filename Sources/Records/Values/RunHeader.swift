public import FlowCore

/// What the first line of a journal says of the whole run, or of the one operation on a key that the record is about.
public struct RunHeader: Equatable, Sendable {
  /// The version of the journal format.
  ///
  /// Format 2 counts fewer things as exceptions (`State.Rules`), and says who went on with a run. Format 3 names the flow's
  /// text by its digest: it lies beside the records once (`FlowTexts`), where it stood in each header before.
  public static let currentFormat = 3

  public var format: Int
  /// The record's id, for example `7q4m`.
  public var run: String
  /// What was done with a key; nil for a run. There is no flow then: its id is empty.
  public var operation: KeyOperation?
  public var flowID: String
  public var flowVersion: Int
  /// What the flow is called; nil before format 3.
  public var flowTitle: String?
  /// The SHA-256 of the flow's text as it was bound, in hexadecimal; nil before format 3.
  public var flowDigest: String?
  /// The text itself, by which the record explains itself for ever, where the header carries it: before format 3, in a record that was handed
  /// over, and in one that is about to be made. Else it is that of the digest: `RecordFolder.flowText`.
  public var flowText: String?
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

  /// - Parameter flowDigest: that of the text, where it is known already.
  public init(
    format: Int = RunHeader.currentFormat, run: String, flowID: String, flowVersion: Int, flowTitle: String? = nil,
    flowText: String? = nil, flowDigest: String? = nil, toolVersion: String, user: String, host: String,
    performer: String? = nil, owner: String? = nil, reference: String? = nil, began: Timestamp
  ) {
    self.format = format
    self.run = run
    self.flowID = flowID
    self.flowVersion = flowVersion
    if format >= RunHeader.firstWithDigest {
      self.flowTitle = flowTitle
      self.flowDigest = flowDigest ?? flowText.map { hexadecimalSHA256(of: Array($0.utf8)) }
    }
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
  /// The first format whose headers name the flow's text by its digest.
  static let firstWithDigest = 3

  /// The header of a record that is about an operation on a key.
  public init(
    of operation: KeyOperation, id: String, toolVersion: String, user: String, host: String, began: Timestamp
  ) {
    self.init(
      // Of a flow, which the format after this one is about, it has none.
      format: 2, run: id, flowID: "", flowVersion: 0, toolVersion: toolVersion, user: user, host: host, began: began)
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
