import Files
import Glibc
public import NetProtocol
import SecretMemory

/// `keyusher-net`, the helper program that speaks to the network: found beside `keyusher` itself or in `../libexec`, never
/// through PATH.
public struct NetProgram: Sendable {
  public static let name = "keyusher-net"

  private let executable: String
  private let environment: [String: String]
  /// How long a server may take.
  package var seconds = 8

  /// - Parameters:
  ///   - executable: the path of the program that is running; see `running()`.
  ///   - environment: the variables of this process. Only those that name a proxy for `https` are passed on.
  public init(beside executable: String, environment: [String: String]) {
    self.executable = executable
    self.environment = environment.filter { Self.passedOn.contains($0.key) }
  }

  /// Whether the variables name a proxy for `https`.
  public static func usesProxy(_ environment: [String: String]) -> Bool {
    ["HTTPS_PROXY", "https_proxy"].contains { environment[$0].map { !$0.isEmpty } ?? false }
  }

  /// The path of the running program, with links followed; nil if the system does not say.
  public static func running() -> String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0 else { return nil }
    return path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  /// The path of the helper program, for whoever wants to know whether it can be used.
  ///
  /// - Throws: `notBeside` if the program is not there, `unsafe`.
  public func place() throws(HelperError) -> String { try find().path }

  /// Makes one request, by a process of its own.
  ///
  /// - Throws: `notBeside` if the program is not there, `unsafe`, `failed`, `timedOut`, `memory`.
  public func ask(_ request: NetRequest) throws(HelperError) -> NetAnswer {
    var request = request
    request.seconds = seconds
    return try start().ask(seconds: seconds, longestBody: NetAnswer.longestBody, isLast: true) {
      () throws(SecretMemoryError) in try request.written()
    }
  }

  /// Asks an exchange one question about a key, by a process of its own; `request.seconds` is how long it may take.
  ///
  /// - Throws: `notBeside` if the program is not there, `unsafe`, `failed`, `timedOut`, `memory`.
  public func ask(_ request: KeyRequest) throws(HelperError) -> NetAnswer {
    try start().ask(request, isLast: true)
  }

  /// Starts a process.
  ///
  /// - Throws: `notBeside` if the program is not there, `unsafe`, `failed`, `memory`.
  func start() throws(HelperError) -> NetProcess {
    try NetProcess(HelperProgram(path: try find().path, environment: environment))
  }

  // MARK: - Private

  private static let passedOn: Set<String> = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"]

  private func find() throws(HelperError) -> HelperProgram {
    try HelperProgram.find(Self.name, beside: executable)
  }
}
