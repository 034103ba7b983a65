import CProcess
import Files
import Glibc

/// A program of Keyusher's own that runs beside it, for as long as this is held.
public final class Companion {
  /// What it printed first.
  public let lines: [String]
  private var child: Child

  /// Starts the program that stands beside another, or in `../libexec`.
  ///
  /// - Parameters:
  ///   - executable: the path of the program that is running; see `NetProgram.running()`.
  ///   - lines: how many it prints when it is ready.
  /// - Throws: `notBeside` if the program is not there, `unsafe`, `failed`, `timedOut`.
  public init(
    _ name: String, _ arguments: [String], beside executable: String, lines: Int, seconds: Int = 10
  ) throws(HelperError) {
    let program = try HelperProgram.find(name, beside: executable)
    child = try Child(program.path, arguments, [:], lendsTerminal: false)
    do throws(HelperError) { self.lines = try child.lines(lines, seconds: seconds, name) } catch {
      child.end()
      throw error
    }
  }

  deinit { child.end() }
}

extension HelperProgram {
  /// Finds a program of Keyusher's own beside another, or in `../libexec`.
  ///
  /// - Throws: `notBeside` if it is not there, `unsafe`.
  public static func find(_ name: String, beside executable: String) throws(HelperError) -> HelperProgram {
    let folder = parted(executable).folder
    let folders = [folder, "\(parted(folder).folder)/libexec"]
    do throws(HelperError) {
      return try find(name, environment: ["PATH": folders.joined(separator: ":")])
    } catch {
      guard case .notInstalled = error else { throw error }
      throw .notBeside(program: name, folders: folders)
    }
  }
}

/// Runs a program to its end where this one is, at its terminal and with its environment; returns its exit status, or 128 and
/// the number of the signal that ended it.
///
/// - Throws: `failed` if it can't be started.
public func runHere(_ path: String, _ arguments: [String]) throws(HelperError) -> Int32 {
  var status: Int32 = 0
  let number = withCStrings([path] + arguments) { kp_run(path, $0, kp_environment(), &status) }
  guard number == 0 else { throw .failed(why: "'\(path)' can't be started: \(systemWords(number))") }
  let signal = status & 0x7F
  return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
}
