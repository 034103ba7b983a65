extension ExchangeAPI {
  /// Where a key lives that was looked for elsewhere first, beside the account that was said to be its own.
  ///
  /// Of an environment to which no account leads, such as a region's host, an account does not tell whether it is the one: the
  /// key can be of the usual one there. Where the usual one has it in place of a sandbox, it moves real coins.
  ///
  /// - Parameter account: the id of the pack's option; nil where nobody said.
  public func home(_ found: Environment, account: String?) -> KeyVerdict.Line {
    let text = "it lives at \(found.words)"
    let planned = account.flatMap { account in environments.first { $0.accounts.contains(account) } }
    let usual = environments.first?.accounts ?? []
    let accounts = found.accounts.isEmpty ? usual : found.accounts
    guard let account, let planned, !accounts.contains(account) else {
      return KeyVerdict.Line(.environment, text, .noted)
    }
    return KeyVerdict.Line(
      .environment, text, accounts == usual ? .tooWide(planned: planned.words) : .missing(planned: planned.words))
  }
}
