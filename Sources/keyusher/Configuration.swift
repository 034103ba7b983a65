/// What a person has set for good, in `$KEYUSHER_HOME/config.yaml`.
struct Configuration: Equatable {
  /// The store that is proposed, and meant where none is named.
  var defaultStore: String?
  /// Where the OpenBao or Vault server is, for example `https://vault.example.com:8200`.
  var openBaoAddress: String?

  init() {}

  /// Reads the file in the home; without one nothing is set.
  init(home: String) throws {
    self.init()
  }
}
