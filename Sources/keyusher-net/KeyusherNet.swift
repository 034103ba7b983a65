import CTerminal
import Files
import Glibc
import NetProtocol
import SecretMemory

/// The one program of Keyusher's that speaks to the network: it reads one `NetRequest`, or one `KeyRequest`, which it
/// builds and signs from its table; it makes it, writes one `NetAnswer` and ends.
///
/// A program of its own, since linking a network library lengthens every start of `keyusher`, used or not; and so that
/// the network's parsers run in a process that has no terminal and knows one secret for some milliseconds.
///
/// Tokens, keys and bodies come and go through pipes into guarded memory. What signs is gone before anything is sent.
/// On the way to the server tokens, the keys' names and such passphrases as an exchange wants as they are stand in
/// ordinary memory, libcurl's and OpenSSL's, until the answer is there: what these free is wiped, and none of it is
/// locked against swapping. The process can't be inspected by others, dumps no core, and is over at once.
@main struct KeyusherNet {
  static func main() {
    // Before anything else: Swift's backtracer prints what the registers point to.
    kt_guard_process()
    _ = kt_set_inspectable(0)
    _ = wipeWhatLibcryptoFrees()
    do {
      exit(write(try answer().written()) ? 0 : 1)
    } catch {
      exit(1)
    }
  }

  // MARK: - Private

  private static func answer() throws -> NetAnswer {
    let text: SecretBytes
    do {
      text = try SecretBytes(readingFrom: STDIN_FILENO, limit: NetRequest.most)
    } catch SecretMemoryError.tooLong {
      return .failed(.malformed)
    }
    let isOfKey = KeyRequest.isMeant(by: text)
    let exchange: HTTPExchange?
    do {
      exchange = isOfKey ? try ofKey(text) : try NetRequest(reading: text).map(HTTPExchange.init)
    } catch let error as Unbuilt {
      return .unbuilt(error)
    }
    text.wipe()
    return try exchange?.perform() ?? .failed(.malformed)
  }

  /// Signs a request about a key; nothing of the secrets is left when it returns but what is sent.
  private static func ofKey(_ text: SecretBytes) throws -> HTTPExchange? {
    guard let request = try KeyRequest(reading: text) else { return nil }
    let nonce = (0..<Moment.nonceBytes).map { _ in UInt8.random(in: .min ... .max) }
    let moment = Moment(milliseconds: Clock.milliseconds + request.ahead, nonce: nonce)
    return HTTPExchange(try SignedRequest(request, at: moment), of: request)
  }

  /// Writes the answer; false if whoever asked no longer reads.
  private static func write(_ answer: SecretBytes) -> Bool {
    signal(SIGPIPE, SIG_IGN)
    return answer.withBytes { writeWhole($0, to: STDOUT_FILENO) == 0 }
  }
}
