/// Answers a call, or plays what is to go wrong with it.
struct FaultPlayer {
  let call: Call
  /// Whether the exchange knows the request.
  let isKnown: Bool

  /// - Parameter entry: what the log will say, without outcome and status.
  func answer(_ entry: LogEntry) -> Answer {
    let faults = isKnown ? call.state.faults.filter { $0.concerns(call.exchange.id, call.route.id) } : []
    // The last one that gives the whole answer wins; the request is not even looked at then.
    var (reply, outcome) = faults.reversed().lazy.compactMap(replacement).first ?? ownAnswer()
    var answer = Answer(reply: reply, entry: entry)
    for fault in faults {
      switch fault.kind {
      case .slow(let milliseconds): answer.wait += milliseconds
      case .cutOff(let bytes): answer.cutOff = bytes
      case .huge(let bytes):
        reply.body = [UInt8](repeating: UInt8(ascii: " "), count: max(0, bytes - reply.body.count)) + reply.body
      case .body, .error, .edgePage, .redirect: continue
      }
      outcome += " \(fault.name.rawValue)"
    }
    answer.reply = reply
    answer.entry.outcome = outcome
    answer.entry.status = reply.status
    return answer
  }

  // MARK: - Private

  private func ownAnswer() -> (Reply, String) {
    do throws(Refused) {
      guard isKnown else { throw Refused(.unknownPath) }
      return (Reply(try call.exchange.answer(call)), "accepted")
    } catch {
      guard let row = row(for: error) else {
        return (Reply(status: 500, headers: [Reply.made], body: []), "no-error-for \(error.why.rawValue)")
      }
      return (row.reply(ip: call.from.text, name: error.name, now: call.now), error.why.rawValue)
    }
  }

  private func row(for refused: Refused) -> ErrorRow? {
    call.exchange.errors.first { $0.answers.contains(refused.why) && (refused.code ?? $0.code) == $0.code }
  }

  private func replacement(_ fault: Fault) -> (Reply, String)? {
    switch fault.kind {
    case .slow, .cutOff, .huge: return nil
    case .body(let reply): return (reply, fault.name.rawValue)
    case .edgePage(let page): return (page.reply, fault.name.rawValue)
    case .redirect(let address, let status):
      return (Reply(status: status, type: "", headers: [Header("Location", address)], body: []), fault.name.rawValue)
    case .error(let cause, let code, let retryAfter):
      guard let row = call.exchange.errors.first(where: { $0.cause == cause && (code ?? $0.code) == $0.code }) else {
        return nil
      }
      return (row.reply(ip: call.from.text, name: "account", now: call.now, wait: retryAfter), "error \(cause)")
    }
  }
}
