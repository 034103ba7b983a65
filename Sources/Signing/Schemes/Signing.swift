import NetProtocol

extension Scheme {
  /// Adds to a draft what signs it.
  func sign(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
    switch self {
    case .unsigned: break
    case .gateV4: try signGateV4(&draft, credential, at: moment)
    }
  }
}
