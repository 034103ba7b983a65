public import FlowCore
public import SecretMemory

/// The credential that waits to be kept, and how its parts come into the hand: of a run, and of a command that takes in a key.
///
/// Its bytes are wiped when they are let go.
public struct CredentialInHand {
  public var parts: [CredentialPart.Name: SecretBytes] = [:]
  /// Who gave the last of them.
  public var source: AnswerSource = .typed
  /// The further lines of a paste that had more than one.
  public var ahead: [SecretBytes] = []
  /// Whether the store refused it: it is tried again only when somebody says so.
  var wasRefused = false
  /// The lines of a private key so far.
  private var lines: [SecretBytes] = []

  public init() {}

  /// Whether a private key has begun whose last line is still to come.
  public var isGathering: Bool { !lines.isEmpty }

  /// Takes the next part out of the lines that were pasted along, and those that come now.
  ///
  /// - Parameter mayBePEM: whether a private key in PEM may stand in its place.
  /// - Returns: nil if nothing came, or the last line of a private key is still to come.
  public mutating func take(
    _ pasted: SecretBytes? = nil, as part: CredentialPart, mayBePEM: Bool = false
  ) throws(SecretMemoryError) -> TakenPart? {
    if let pasted { ahead += try pasted.lines() }
    guard let first = ahead.first else { return nil }
    if isGathering || PEMText.begins(first) && (part.isPEM || mayBePEM) { return try gather() }
    if part.isPEM {
      // It is none; what it is can be told from all of it.
      defer { ahead = [] }
      return try TakenPart(joining: ahead)
    }
    let taken = try TakenPart(ahead.removeFirst(), exactly: part.isPassphrase)
    return taken.bytes.isEmpty ? nil : taken
  }

  /// Adds lines up to the last one of a private key.
  private mutating func gather() throws(SecretMemoryError) -> TakenPart? {
    while !ahead.isEmpty {
      lines.append(ahead.removeFirst())
      guard PEMText.ends(lines[lines.count - 1]) else { continue }
      defer { lines = [] }
      return try TakenPart(privateKey: lines)
    }
    return nil
  }
}

/// One part as it was taken, and what was done to what came.
public struct TakenPart {
  public enum Change: Equatable, Sendable {
    /// White space or quotes around it were left out.
    case endsLeftOut
    /// A private key's lines were parted as they should be.
    case linesPutRight
  }

  public let bytes: SecretBytes
  public let change: Change?

  /// - Parameter isExact: whether what stands at its ends belongs to it; a carriage return, which ends a line, never does.
  init(_ line: SecretBytes, exactly isExact: Bool) throws(SecretMemoryError) {
    let bytes = try SecretBytes(copying: line)
    bytes.dropCarriageReturn()
    let whole = bytes.count
    if !isExact { bytes.trim() }
    self.bytes = bytes
    change = bytes.count == whole ? nil : .endsLeftOut
  }

  /// What is no private key, as it came.
  init(joining lines: [SecretBytes]) throws(SecretMemoryError) {
    let bytes = try PEMText.joined(lines)
    bytes.trim()
    self.bytes = bytes
    change = nil
  }

  /// A private key, whose last line is there.
  init(privateKey lines: [SecretBytes]) throws(SecretMemoryError) {
    let given = try PEMText.joined(lines)
    guard let whole = try PEMText.normalized(given) else {
      bytes = given
      change = nil
      return
    }
    bytes = whole
    try given.append(UInt8(ascii: "\n"))
    change = given.constantTimeEquals(whole) ? nil : .linesPutRight
  }
}

extension CredentialPart {
  /// Whether the person made it up, so that quotes and spaces at its ends may belong to it.
  var isPassphrase: Bool { name == CredentialPart.passphrase }
}
