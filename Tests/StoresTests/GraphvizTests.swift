import Battery
import Foundation
import HelperPrograms
import Outside
import Testing

/// What `dot` may do: draw, in its time, or be ended.
@Suite(.beside) struct GraphvizTests {
  private func failure(of script: String, seconds: Int, drawing graph: String = "digraph {}") throws -> HelperError? {
    let folder = try Folder()
    let path = try HostileHelper.path("dot", script, in: folder)
    return #expect(throws: HelperError.self) {
      try Graphviz(environment: ["PATH": path], seconds: seconds).svg(graph)
    }
  }

  @Test func `one that does not come to an end is ended`() throws {
    let began = ContinuousClock.now
    #expect(try failure(of: "sleep 100", seconds: 1) == .timedOut(program: "dot", seconds: 1))
    #expect(ContinuousClock.now - began < .seconds(20))
  }

  @Test func `one that reads nothing of a long graph is not waited for`() throws {
    let graph = String(repeating: "x", count: 4 << 20)
    #expect(try failure(of: "exit 0", seconds: 30, drawing: graph) == .failed(why: "it ended with status 0"))
  }

  @Test func `one that Ctrl-C ended is told apart from one that failed`() throws {
    #expect(try failure(of: "kill -INT $$", seconds: 30) == .stopped)
    #expect(try failure(of: "kill -SEGV $$", seconds: 30) == .failed(why: "it ended with status 139"))
  }

  @Test func `a picture of megabytes is taken whole`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("dot", "exec cat", in: folder)
    let graph = String(repeating: "0123456789abcdef", count: 1 << 18)
    #expect(try Graphviz(environment: ["PATH": path]).svg(graph) == Array(graph.utf8))
  }
}
