/// What a credential step takes, and the ways out of it.
public struct CredentialRule: Equatable, Sendable {
  public var parts: [CredentialPart]
  /// The store step whose answer says where it is kept; none: the person keeps it by hand.
  public var store: Step.ID?
  /// What it is called there, for example `gate-io/{label}`; none where there is no store.
  public var name: Template?
  /// Of which account of the exchange it is, by the pack's id; nil where the flow asks that, or does not know.
  public var account: String?
  /// Where the run goes when the secret was lost before it was kept.
  public var ifLost: Step.ID
  /// Words that leave the step another way, each with its meaning, for example `refused`.
  public var exits: [Exit]

  /// The exit that every credential step has: the secret was lost before it was kept.
  public static let lost = "lost"

  public init(
    parts: [CredentialPart], store: Step.ID? = nil, name: Template? = nil, account: String? = nil, ifLost: Step.ID,
    exits: [Exit] = []
  ) {
    self.parts = parts
    self.store = store
    self.name = name
    self.account = account
    self.ifLost = ifLost
    self.exits = exits
  }

  func hasExit(_ word: String) -> Bool { word == Self.lost || exits.contains { $0.word == word } }

  public struct Exit: Equatable, Sendable {
    public var word: String
    public var title: Template
    public var target: Step.ID

    public init(word: String, title: Template, target: Step.ID) {
      self.word = word
      self.title = title
      self.target = target
    }
  }
}

/// One part of a credential: the key, the secret, a passphrase.
public struct CredentialPart: Equatable, Sendable {
  public typealias Name = String

  public var name: Name
  /// The name the page gives it.
  public var title: String
  public var secret: Bool
  /// What it usually looks like: a ground for warnings, and for refusal only where `isOnly`.
  public var shape: Shape
  /// Whether nothing is taken that does not have the shape.
  public var isOnly: Bool
  /// Whether it is a private key in PEM, whose lines belong together.
  public var isPEM: Bool
  /// How many leading characters the exchange itself lists the key by; 0 keeps none.
  public var publicPrefix: Int
  /// The environment variable in which a program finds it, for example `GATE_API_KEY`.
  public var variable: String?
  /// Other things that are often pasted here by mistake.
  public var lookalikes: [Lookalike]

  public init(
    name: Name, title: String, secret: Bool, shape: Shape, isOnly: Bool = false, isPEM: Bool = false,
    publicPrefix: Int = 0,
    variable: String? = nil, lookalikes: [Lookalike] = []
  ) {
    self.name = name
    self.title = title
    self.secret = secret
    self.shape = shape
    self.isOnly = isOnly
    self.isPEM = isPEM
    self.publicPrefix = publicPrefix
    self.variable = variable
    self.lookalikes = lookalikes
  }

  /// The name of a part that the person made up for the page: it is kept exactly as it was given.
  public static let passphrase: Name = "passphrase"
  /// The name by which a script gives a store's passphrase; no part can have it.
  public static let unlock: Name = "unlock"

  /// The first thing in which what was taken departs from the shape; of a private key the line ends do not count.
  public func mismatch(of bytes: some Collection<UInt8>) -> Shape.Mismatch? {
    isPEM ? shape.mismatch(of: bytes.lazy.filter { $0 != UInt8(ascii: "\n") }) : shape.mismatch(of: bytes)
  }

  public struct Lookalike: Equatable, Sendable {
    public var shape: Shape
    public var text: Template

    public init(shape: Shape, text: Template) {
      self.shape = shape
      self.text = text
    }
  }
}
