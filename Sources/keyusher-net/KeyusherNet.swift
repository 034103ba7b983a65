import CTerminal
import Files
import Glibc
import NetProtocol
import SecretMemory

/// The one program of Keyusher's that speaks to the network: it reads a `NetRequest`, or a `KeyRequest`, which it builds and
/// signs from its table; it makes it, writes a `NetAnswer`, and waits for the next; each of them is a `Frame`. It ends when
/// its input does, and at once when nobody reads its answers any more.
///
/// A program of its own, since linking a network library lengthens every start of `keyusher`, used or not; and so that
/// the network's parsers run in a process that has no terminal and knows one secret for some milliseconds.
///
/// Tokens, keys and bodies come and go through pipes into guarded memory. What signs is gone before anything is sent.
/// On the way to the server tokens, the keys' names and such passphrases as an exchange wants as they are stand in
/// ordinary memory, libcurl's and OpenSSL's, until the answer is there: what these free is wiped, and none of it is
/// locked against swapping. Of a request nothing is left when the next one comes, but the connection. The process can't be
/// inspected by others, and dumps no core.
@main struct KeyusherNet {
  static func main() {
    // Before anything else: Swift's backtracer prints what the registers point to.
    kt_guard_process()
    _ = kt_set_inspectable(0)
    _ = wipeWhatLibcryptoFrees()
    signal(SIGPIPE, SIG_IGN)
    endWithReader()
    do {
      try serve()
      exit(0)
    } catch {
      exit(1)
    }
  }

  // MARK: - Private

  /// Answers request after request until the input ends.
  private static func serve() throws {
    let connections = KeptConnections()
    while true {
      var frame = try Frame(most: NetRequest.most)
      try frame.take { room in max(0, retrying { read(STDIN_FILENO, room.baseAddress, room.count) }) }
      if frame.isUnbegun { return }
      guard frame.progress == .whole else { return try write(.failed(.malformed)) }
      try write(answer(to: frame.text, over: connections))
    }
  }

  private static func answer(to text: SecretBytes, over connections: KeptConnections) throws -> NetAnswer {
    let isOfKey = KeyRequest.isMeant(by: text)
    let exchange: HTTPExchange?
    do {
      exchange = isOfKey ? try ofKey(text) : try NetRequest(reading: text).map(HTTPExchange.init)
    } catch let error as Unbuilt {
      return .unbuilt(error)
    }
    text.wipe()
    return try exchange?.perform(over: connections) ?? .failed(.malformed)
  }

  /// Signs a request about a key; nothing of the secrets is left when it returns but what is sent.
  private static func ofKey(_ text: SecretBytes) throws -> HTTPExchange? {
    guard let request = try KeyRequest(reading: text) else { return nil }
    let nonce = (0..<Moment.nonceBytes).map { _ in UInt8.random(in: .min ... .max) }
    let moment = Moment(milliseconds: Clock.milliseconds + request.ahead, nonce: nonce)
    return HTTPExchange(try SignedRequest(request, at: moment), of: request)
  }

  private static func write(_ answer: NetAnswer) throws {
    let failure = try Frame.around(answer.written()).withBytes { writeWhole($0, to: STDOUT_FILENO) }
    if failure != 0 { exit(1) }
  }

  /// Whoever asked may be killed while a server is waited for: then nobody is left to end this.
  private static func endWithReader() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        // Where no event is waited for, it tells alone that the other end is closed.
        var waiting = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        while poll(&waiting, 1, -1) <= 0 {}
        _exit(1)
      }, nil)
  }
}
