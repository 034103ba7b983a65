/// Why a secret could not be read by its reference; nothing of the secret is in it.
public struct SecretObstacle: Error, Equatable {
  public var message: String
  public var hint: String?

  public init(message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
