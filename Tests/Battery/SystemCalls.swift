import Foundation

/// One system call of a program: the which of its name it is, counted from the start of the program.
public struct SystemCall: Sendable, CustomStringConvertible {
  public let name: String
  public let number: Int
  /// How strace wrote it down.
  public let text: String

  public var description: String { "\(name) #\(number): \(text.prefix(120))" }
}

/// Runs programs under strace: to learn their system calls, to fail one of them, or to end the program at one.
public struct Strace: Sendable {
  /// What happens at a system call.
  public enum Fault: Sendable, CustomStringConvertible {
    case kill
    case error(String)

    public var description: String {
      switch self {
      case .kill: "kill -9"
      case .error(let name): name
      }
    }

    fileprivate var injection: String {
      switch self {
      case .kill: "signal=KILL"
      case .error(let name): "error=\(name)"
      }
    }
  }

  public let path: String

  public init(_ path: String) { self.path = path }

  /// What stands before a command to log its calls into a file.
  public func logging(to log: String, only names: [String] = [], strings: Int = 200) -> [String] {
    [path, "-f", "-qq", "-s", "\(strings)", "-o", log]
      + (names.isEmpty ? [] : ["-e", "trace=" + names.joined(separator: ",")])
  }

  /// What stands before a command to let a fault happen at one of its calls.
  public func injecting(_ fault: Fault, at call: SystemCall, log: String = "/dev/null") -> [String] {
    injecting(fault, at: call.name, when: "\(call.number)", log: log)
  }

  /// The same for the calls of a name that strace's `when` chooses, for example `2` or `3+2`.
  public func injecting(_ fault: Fault, at name: String, when: String, log: String = "/dev/null") -> [String] {
    // The call must be traced, or nothing is injected.
    [
      path, "-f", "-qq", "-o", log, "-e", "trace=\(name)", "-e", "inject=\(name):\(fault.injection):when=\(when)",
    ]
  }

  /// The calls in a log, from the moment at which `main` began to guard the process: what the loader does before is not ours.
  public static func calls(in log: String) -> [SystemCall] {
    var numbers: [String: Int] = [:]
    var calls: [SystemCall] = []
    var isOurs = false
    var first: Substring?
    for line in log.split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { continue }
      let process = line[..<space]
      let text = line[space...].drop { $0 == " " }
      guard let open = text.firstIndex(of: "("), text.first?.isLetter == true else { continue }
      // A fault is counted for each process by itself: only the first one's calls are hit.
      if first == nil { first = process }
      guard process == first else { continue }
      let name = String(text[..<open])
      numbers[name, default: 0] += 1
      isOurs = isOurs || text.hasPrefix("fcntl(0, F_GETFD")
      if isOurs, name != "exit_group" {
        calls.append(SystemCall(name: name, number: numbers[name] ?? 0, text: String(text)))
      }
    }
    return calls
  }
}
