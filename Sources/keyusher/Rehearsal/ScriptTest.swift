import Ceremony
import FlowText
import Records

/// One script, and what came of rehearsing it.
struct ScriptTest {
  enum Failure {
    /// The script or its flow can't be used.
    case findings([Finding])
    /// Script and flow did not agree.
    case parted(Divergence)
  }

  var path: String
  var flowID: String?
  var failure: Failure?
  var coverage: Coverage?
  var duration: Duration

  /// `FILE:LINE: what is wrong`, and what to do about it.
  var error: (message: String, hint: String?)? {
    switch failure {
    case nil: nil
    case .findings(let findings):
      (
        findings.first { $0.severity == .error }.map { "\($0.path):\($0.line): \($0.message) [\($0.code.rawValue)]" }
          ?? "\(path): the flow can't be used", findings.first?.hint
      )
    case .parted(let divergence):
      ("\(divergence.place ?? path): \(divergence.message)", divergence.hint)
    }
  }
}

struct ScriptTester {
  let folder: FlowFolder

  func test(_ path: String) throws -> ScriptTest {
    let start = ContinuousClock.now
    var test = ScriptTest(path: path, duration: .zero)
    do {
      test.failure = try failure(&test)
    } catch let error as CommandError {
      // What can't be read is the failure of this script, and none of the others.
      let divergence = Divergence(place: "\(path):1", message: error.message, hint: error.hints.first)
      test.failure = error.findings.isEmpty ? .parted(divergence) : .findings(error.findings)
    }
    test.duration = .now - start
    return test
  }

  // MARK: - Private

  private func failure(_ test: inout ScriptTest) throws -> ScriptTest.Failure? {
    guard let bytes = try FlowFile.read(test.path, isTrusted: false) else {
      return .findings([.tooLarge(path: test.path)])
    }
    let reading = readScript(bytes, path: test.path)
    guard let script = reading.value else { return .findings(reading.findings) }
    test.flowID = script.flowID
    let known = try folder.flow(of: script, at: test.path)
    guard let flow = known.value else { return .findings(known.findings) }
    let findings = check(script, against: flow, path: test.path, text: String(decoding: bytes, as: UTF8.self))
    if findings.contains(where: { $0.severity == .error }) { return .findings(findings) }
    let (failure, coverage) = try Rehearsal(flow: flow).run(
      script, path: test.path, digest: hexadecimalSHA256(of: bytes))
    test.coverage = coverage
    return failure.map { .parted($0) }
  }
}
