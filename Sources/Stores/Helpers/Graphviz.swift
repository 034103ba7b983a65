import Glibc

/// Graphviz's `dot`, which lays out a graph. It keeps nothing: it stands here because helper programs are started here.
///
/// Nothing of it is secret, so that a picture of megabytes takes no guarded memory.
public struct Graphviz: Sendable {
  /// Why there is no picture.
  public enum Failure: Error, Equatable {
    case notInstalled
    /// It stands where others could have put another program in its place.
    case unsafe(path: String, why: String)
    case timedOut(seconds: Int)
    case stopped
    case failed(why: String)
  }

  private let program: HelperProgram
  private let seconds: Int

  /// Finds `dot` in PATH.
  ///
  /// - Parameters:
  ///   - environment: those variables at least that `HelperProgram.variables` names.
  ///   - seconds: how long it may take.
  public init(environment: [String: String], seconds: Int = 60) throws(Failure) {
    do throws(StoreError) {
      program = try HelperProgram.find("dot", for: "dot", environment: environment)
    } catch {
      throw Failure(error)
    }
    self.seconds = seconds
  }

  /// Draws a graph in the language of `dot` as SVG.
  public func svg(_ graph: String) throws(Failure) -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.mostOutput + 1, alignment: 16)
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: graph.utf8.count, alignment: 16)
    let errors = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.mostErrors + Child.spill, alignment: 16)
    defer {
      input.deallocate()
      room.deallocate()
      errors.deallocate()
    }
    input.copyBytes(from: graph.utf8)
    do throws(StoreError) {
      var child = try Child(program.path, ["-Tsvg"], program.environment, lendsTerminal: false, for: "dot")
      defer { child.end() }
      let counts = try child.converse(UnsafeRawBufferPointer(input), room, errors, seconds, program.name)
      guard counts.output <= Self.mostOutput else {
        throw StoreError.broken(store: "dot", why: "it printed more than \(Self.mostOutput) bytes")
      }
      guard child.status != 128 + SIGINT else { throw StoreError.stopped }
      guard child.status == 0, counts.output > 0 else {
        let said = String(decoding: errors.prefix(min(counts.errors, Self.mostErrors)), as: UTF8.self)
        let first = said.split(separator: "\n").first.map { ": \($0)" } ?? ""
        throw StoreError.broken(store: "dot", why: "it ended with status \(child.status ?? -1)\(first)")
      }
      return Array(room.prefix(counts.output))
    } catch {
      throw Failure(error)
    }
  }

  /// How much of a picture is taken, in bytes. Memory that is not written to is not used.
  private static let mostOutput = 64 << 20
  private static let mostErrors = 4096
}

extension Graphviz.Failure {
  fileprivate init(_ error: StoreError) {
    self =
      switch error {
      case .notInstalled: .notInstalled
      case .unsafeProgram(let path, let why): .unsafe(path: path, why: why)
      case .timedOut(_, let seconds): .timedOut(seconds: seconds)
      case .stopped: .stopped
      case .broken(_, let why): .failed(why: why)
      default: .failed(why: error.what)
      }
  }
}
