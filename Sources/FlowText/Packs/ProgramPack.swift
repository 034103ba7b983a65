public import FlowCore
import PlainText

/// How one program takes its keys, as its pack says: `flows/programs/NAME.yaml`.
public struct ProgramPack: Equatable, Sendable {
  /// The name of its file, for example `freqtrade`.
  public var id: String
  /// What people call it.
  public var title: String
  /// The command that starts it, where there is one.
  public var start: String?
  /// Where all of this comes from.
  public var docs: [PageSource] = []
  public var exchanges: [Exchange] = []
  /// Whether keys of exchanges that are not listed are given too.
  public var takesAnyExchange = false
  public var variables: [Variable] = []
  /// Whether the variables that flows and packs name come before those named here.
  public var prefersOwnVariables = false
  public var file: File?
  /// Where it keeps files of its own that may hold keys, besides `file`.
  public var places: [String] = []
  public var traps: [Trap] = []
  public var rights: [Rights] = []
  public var nonces: [Nonce] = []
  /// What else is to be known of how it takes a key.
  public var notes: [String] = []

  /// The exchange that a key is for, as this program calls it.
  public struct Exchange: Equatable, Sendable {
    public var id: String
    public var name: String
    /// Other ids under which its keys may be kept.
    public var also: [String] = []
  }

  /// What stands in a variable, or at a place of a file.
  public enum Content: Equatable, Sendable {
    /// The one of these parts that the key has.
    case part([CredentialPart.Name])
    /// Every part that nothing else of the pack names.
    case otherParts
    /// A text with holes, no secret.
    case text(String)
  }

  public struct Variable: Equatable, Sendable {
    /// With holes.
    public var name: String
    public var content: Content
  }

  public struct File: Equatable, Sendable {
    public enum Form: String, Equatable, Sendable, CaseIterable {
      case json, yaml, lines
      /// As a store keeps a key.
      case stored
    }

    public struct Entry: Equatable, Sendable {
      /// The keys under which it stands, the outermost first, with holes.
      public var path: [String]
      public var content: Content
    }

    public var form: Form
    public var entries: [Entry] = []
    /// Where the program looks for it, or what its documentation calls it.
    public var path: String?
    /// How the program is told of it, with the hole `{file}`.
    public var told: String?
  }

  /// Something that spoils a part on its way.
  public struct Trap: Equatable, Sendable {
    public enum Kind: String, Equatable, Sendable, CaseIterable {
      /// What looks like a number, a truth value or a list does not stay a text.
      case typedValues = "typed-values"
    }

    public var kind: Kind
    public var parts: [CredentialPart.Name]
  }

  /// What a key must be allowed for it.
  public struct Rights: Equatable, Sendable {
    public var exchange: String
    /// What the program is used for, as the step `purpose` has it.
    public var purpose: Option.ID
    public var permissions: [Option.ID]
    public var why: String
    public var source: PageSource
  }

  public struct Nonce: Equatable, Sendable {
    public var exchange: String
    /// `seconds`, `milliseconds`, `microseconds` or `nanoseconds`.
    public var unit: String
  }
}

extension ProgramPack {
  /// What the program calls an exchange; nil if it is not known to take keys of it.
  public func name(of exchange: String) -> String? {
    exchanges.first { $0.id == exchange || $0.also.contains(exchange) }?.name ?? (takesAnyExchange ? exchange : nil)
  }

  /// What it must be allowed at an exchange, the usual first.
  public func rights(at exchange: String) -> [Rights] { rights.filter { $0.exchange == exchange } }
}

/// What fills the holes of a program pack's texts, for one key.
public struct ProgramHoles: Equatable, Sendable {
  /// What the program calls the exchange.
  public var exchange: String
  /// What the key is called at the exchange.
  public var label: String
  /// What stands for the exchange in names of variables, where somebody says so.
  public var prefix: String?

  public init(exchange: String, label: String, prefix: String? = nil) {
    (self.exchange, self.label, self.prefix) = (exchange, label, prefix)
  }

  /// The name of a variable. It never begins with a digit, since a shell drops such ones.
  public func variable(_ name: String, part: String? = nil) -> String {
    let filled = name.replacing("{EXCHANGE}", with: prefix ?? Self.capitals(exchange))
      .replacing("{PART}", with: Self.capitals(part ?? ""))
    // Without a prefix nothing is to be parted from the rest.
    let whole = prefix == "" && filled.hasPrefix("_") ? String(filled.dropFirst()) : filled
    return whole.utf8.first.map { (0x30...0x39).contains($0) } == true ? "_" + whole : whole
  }

  /// A text that is no secret, or a key of a file.
  public func text(_ text: String) -> String {
    text.replacing("{exchange}", with: exchange).replacing("{EXCHANGE}", with: Self.capitals(exchange))
      .replacing("{label}", with: label)
  }

  private static func capitals(_ text: String) -> String {
    String(text.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

extension ProgramPack {
  /// The variable in which a part is given; nil if the program has none for it.
  public func variable(of part: CredentialPart.Name, filling holes: ProgramHoles) -> String? {
    let named = variables.first { if case .part(let parts) = $0.content { parts.contains(part) } else { false } }
    let found = named ?? variables.first { $0.content == .otherParts }
    return found.map { holes.variable($0.name, part: part) }
  }
}
