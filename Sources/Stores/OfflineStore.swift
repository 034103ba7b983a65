public import FlowCore
public import SecretMemory

/// Keeps nothing: the person writes the credential down, and the session asks the last four characters back.
public struct OfflineStore: Sendable {
  public let id = CredentialReference.offline
  public let isByHand = true

  public init() {}

  /// Names the store; what was taken is only wiped.
  public func keep(
    _ parts: [CredentialPart.Name: SecretBytes]
  ) -> (CredentialReference, KeepingProof) {
    for part in parts.values { part.wipe() }
    return (CredentialReference(store: id), .none)
  }
}
