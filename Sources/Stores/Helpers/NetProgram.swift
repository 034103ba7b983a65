import Glibc
import NetProtocol
import SecretMemory

/// `keyusher-net`, the helper program that speaks to the network: found beside `keyusher` itself or in `../libexec`, never
/// through PATH.
public struct NetProgram: Sendable {
  public static let name = "keyusher-net"

  private let executable: String
  private let environment: [String: String]
  /// How long a server may take.
  var seconds = 8

  /// - Parameters:
  ///   - executable: the path of the program that is running; see `running()`.
  ///   - environment: the variables of this process. Only those that name a proxy for `https` are passed on.
  public init(beside executable: String, environment: [String: String]) {
    self.executable = executable
    self.environment = environment.filter { Self.passedOn.contains($0.key) }
  }

  /// The path of the running program, with links followed; nil if the system does not say.
  public static func running() -> String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0 else { return nil }
    return path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  /// The path of the helper program, for whoever wants to know whether it can be used.
  ///
  /// - Throws: `notSetUp` if the program is not there, `unsafeProgram`.
  public func place(for store: String) throws(StoreError) -> String { try find(for: store).path }

  /// Makes one request.
  ///
  /// - Throws: `notSetUp` if the program is not there, `unsafeProgram`, `broken`, `timedOut`, `memory`.
  func ask(_ request: NetRequest, for store: String) throws(StoreError) -> NetAnswer {
    let program = try find(for: store)
    var request = request
    request.seconds = seconds
    let input: SecretBytes?
    do throws(SecretMemoryError) {
      input = try request.written()
    } catch {
      throw .memory(error)
    }
    guard let input else { throw .broken(store: store, why: "a header or a path would not stay on its line") }
    let outcome = try program.run([], for: store, input: input, seconds: seconds + Self.grace)
    guard outcome.status == 0, let answer = try? NetAnswer(reading: outcome.output) else {
      throw .broken(store: store, why: "'\(Self.name)' ended with status \(outcome.status) and no answer that is known")
    }
    return answer
  }

  // MARK: - Private

  /// How much longer than the server the program may take, in seconds: it tells itself that the time is over.
  private static let grace = 5
  private static let passedOn: Set<String> = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"]

  private func find(for store: String) throws(StoreError) -> HelperProgram {
    let folder = NetProgram.folder(of: executable)
    let folders = [folder, "\(NetProgram.folder(of: folder))/libexec"]
    do {
      let found = try HelperProgram.find(
        Self.name, for: store, environment: ["PATH": folders.joined(separator: ":")])
      return HelperProgram(path: found.path, environment: environment)
    } catch {
      guard case .notInstalled = error else { throw error }
      throw .notSetUp(
        store: store, hint: "install '\(Self.name)' with keyusher: it belongs in \(folders[0]) or \(folders[1])")
    }
  }

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
