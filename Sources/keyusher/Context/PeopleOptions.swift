import ArgumentParser

/// Who a run is for, where given.
struct PeopleOptions: ParsableArguments {
  @Option(help: "Who performs the ceremony, for the record.")
  var performer: String?

  @Option(help: "Who will own the key, for the record.")
  var owner: String?

  @Option(help: ArgumentHelp("A ticket, for the record.", valueName: "ticket"))
  var reference: String?

  /// Throws if one of them looks like a secret.
  func people() throws -> RunPeople {
    try CommandError.refuseSecret(performer, in: "--performer")
    try CommandError.refuseSecret(owner, in: "--owner")
    try CommandError.refuseSecret(reference, in: "--reference")
    return RunPeople(performer: performer, owner: owner, reference: reference)
  }
}
