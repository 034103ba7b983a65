public import FlowCore

extension CredentialReference {
  /// What the names of docker's credential helpers begin with, which are stores too.
  public static let helperPrefix = "docker-credential-"
  /// The other stores that a flow can speak of.
  public static let stores = ["age", "pass", "secret-service", "openbao", offline]
}
