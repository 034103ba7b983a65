/// Graphviz's `dot`, which lays out a graph.
///
/// Nothing of it is secret, so that a picture of megabytes takes no guarded memory.
public struct Graphviz: Sendable {
  private let program: HelperProgram
  private let seconds: Int

  /// Finds `dot` in PATH.
  ///
  /// - Parameters:
  ///   - environment: those variables at least that `HelperProgram.variables` names.
  ///   - seconds: how long it may take.
  public init(environment: [String: String], seconds: Int = 60) throws(HelperError) {
    program = try HelperProgram.find("dot", environment: environment)
    self.seconds = seconds
  }

  /// Draws a graph in the language of `dot` as SVG.
  public func svg(_ graph: String) throws(HelperError) -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.mostOutput + 1, alignment: 16)
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: graph.utf8.count, alignment: 16)
    let errors = UnsafeMutableRawBufferPointer.allocate(byteCount: HelperProgram.errorRoom, alignment: 16)
    defer {
      input.deallocate()
      room.deallocate()
      errors.deallocate()
    }
    input.copyBytes(from: graph.utf8)
    var count = 0
    let ended = try program.converse(["-Tsvg"], UnsafeRawBufferPointer(input), errors, seconds: seconds) { pipe in
      count += Child.read(&pipe, into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      return count <= Self.mostOutput
    }
    guard count <= Self.mostOutput else {
      throw .failed(why: "it printed more than \(Self.mostOutput) bytes")
    }
    guard ended.status == 0, count > 0 else {
      let said = String(decoding: errors.prefix(ended.errors), as: UTF8.self)
      let first = said.split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw .failed(why: "it ended with status \(ended.status)\(first)")
    }
    return Array(room.prefix(count))
  }

  /// How much of a picture is taken, in bytes. Memory that is not written to is not used.
  private static let mostOutput = 64 << 20
}
