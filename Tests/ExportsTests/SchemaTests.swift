import Exports
import Foundation
import Testing

@Suite("The JSON Schema")
struct SchemaTests {
  @Test("every exported record fits the published schema, and a wrong one does not")
  func fits() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keyusher-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    guard try python("import jsonschema; jsonschema.Draft202012Validator", in: folder).status == 0 else {
      let message = "python3 with jsonschema is missing, so that the schema was not compared: pip install jsonschema"
      if ProcessInfo.processInfo.environment["KEYUSHER_TEST_ALL"] == "1" { Issue.record("\(message)") }
      print(message)
      return
    }
    try Data(exportSchema.utf8).write(to: folder.appendingPathComponent("schema.json"))
    let samples = Sample.allCases.map { ("\($0)", $0.record) } + [("sections", Sample.sections)]
    for (sample, record) in samples {
      let text = try export(record, as: .json)
      try Data(text.utf8).write(to: folder.appendingPathComponent("good-\(sample).json"))
      let format = record.flow.parts.isEmpty ? 1 : 2
      let wrong = text.replacingOccurrences(of: "\"format\" : \(format)", with: "\"format\" : 3")
      try Data(wrong.utf8).write(to: folder.appendingPathComponent("bad-format-\(sample).json"))
      let unknown = text.replacingOccurrences(of: "\"outcome\" :", with: "\"result\" :")
      try Data(unknown.utf8).write(to: folder.appendingPathComponent("bad-name-\(sample).json"))
    }
    let run = try python(Self.validation, in: folder)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output == "8 good, 16 bad\n")
  }

  private static let validation = """
    import glob, json, jsonschema
    schema = json.load(open("schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    good, bad = sorted(glob.glob("good-*")), sorted(glob.glob("bad-*"))
    for name in good:
        for error in check.iter_errors(json.load(open(name))): print(name, error.json_path, error.message)
    for name in bad:
        if check.is_valid(json.load(open(name))): print(name, "fits")
    print(f"{len(good)} good, {len(bad)} bad")
    """

  private func python(_ program: String, in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-W", "ignore", "-c", program]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
