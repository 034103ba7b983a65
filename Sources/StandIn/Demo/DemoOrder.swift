extension Request {
  /// Signs it as a program of the demo does: by the rule of Gate's API v4, which the demo's exchange follows.
  ///
  /// - Parameter moment: when it is sent.
  public mutating func sign(with key: String, _ secret: String, at moment: Moment) {
    let time = String(moment.seconds)
    headers += [
      Header("KEY", key), Header("Timestamp", time),
      Header("SIGN", GateIO.signature(of: self, time: time, secret: Array(secret.utf8))),
    ]
  }
}
