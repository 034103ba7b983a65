import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// Findings for programs: JSON, and SARIF as code hosts read it.
@Suite struct FindingReportTests {
  /// A desk with a flow whose only finding stands behind characters of several units.
  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.flow, to: "flows/test/so #1%.yaml")
    try desk.write("flow test/small\nlabel: x\ncredential.secret: 4f1c09aa\n", to: "flows/test/open.script")
    return desk
  }

  private static let line = "  - {id: a, kind: tell, title: \"日本 👩🏽 e\u{301}\", promt: x}"
  private static let flow = """
    format: 1
    flow: test/small
    version: 1
    title: A flow
    summary: For a test.
    steps:
    \(line)
      - {id: review, kind: review, title: Review}
      - {id: done, kind: end, outcome: completed}

    """

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: - JSON

  @Test func `JSON has an entry for each finding, with every key`() throws {
    let ran = try desk().run(["flow", "lint", "flows", "--format", "json"])
    expectNoDifference(ran.status, 2)
    expectNoDifference(ran.errors, "")
    let report = try object(ran.output)
    expectNoDifference(report["format"] as? Int, 1)
    expectNoDifference(report["errors"] as? Int, 3)
    expectNoDifference(report["warnings"] as? Int, 0)
    let findings = try #require(report["findings"] as? [[String: Any]])
    for finding in findings {
      expectNoDifference(
        finding.keys.sorted(), ["code", "column", "hint", "length", "line", "message", "path", "severity"])
    }
    expectNoDifference(findings.map { $0["code"] as? String }, ["literal-secret", "wrong-flow-id", "unknown-key"])
    let last = try #require(findings.last)
    expectNoDifference(last["path"] as? String, "flows/test/so #1%.yaml")
    expectNoDifference(last["line"] as? Int, 7)
    let before = try #require(Self.line.range(of: "promt")).lowerBound
    expectNoDifference(last["column"] as? Int, Self.line[..<before].count + 1)
    expectNoDifference(last["length"] as? Int, 5)
    expectNoDifference(last["hint"] as? String, "did you mean 'prompt'?")
    // What may be a secret is in no report.
    #expect(!ran.output.contains("4f1c09aa"))
  }

  @Test(arguments: ["json", "sarif"]) func `Where nothing is found the report is whole`(format: String) throws {
    let ran = try Desk().run(["flow", "lint", "--format", format])
    expectNoDifference(ran.status, 0)
    let report = try object(ran.output)
    let list = format == "json" ? report["findings"] : (report["runs"] as? [[String: Any]])?.first?["results"]
    expectNoDifference((list as? [Any])?.count, 0)
  }

  @Test func `For a person the last line says how to learn more, once, and only if something was found`() throws {
    let ran = try desk().run(["flow", "lint", "flows"])
    let hint = "hint: 'keyusher flow explain CODE' tells more\n"
    #expect(ran.output.hasSuffix(hint))
    expectNoDifference(ran.output.components(separatedBy: hint).count, 2)
    expectNoDifference(try desk().run(["flow", "lint", "flows", "--brief"]).output + hint, ran.output)
    expectNoDifference(try Desk().run(["flow", "lint"]).output, "no findings\n")
  }

  // MARK: - SARIF

  @Test func `SARIF gives places in UTF-16 units, and paths that a host can resolve`() throws {
    let ran = try desk().run(["flow", "lint", "flows", "--format", "sarif"])
    expectNoDifference(ran.status, 2)
    let run = try #require((object(ran.output)["runs"] as? [[String: Any]])?.first)
    expectNoDifference(run["columnKind"] as? String, "utf16CodeUnits")
    let results = try #require(run["results"] as? [[String: Any]])
    let last = try #require(results.last)
    let place = try #require((last["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"])
    let artifact = try #require(place["artifactLocation"] as? [String: String])
    expectNoDifference(artifact, ["uri": "flows/test/so%20%231%25.yaml", "uriBaseId": "%SRCROOT%"])
    let before = try #require(Self.line.range(of: "promt")).lowerBound
    let start = Self.line[..<before].utf16.count + 1
    expectNoDifference(
      place["region"] as? [String: Int], ["startLine": 7, "startColumn": start, "endColumn": start + 5])
    #expect(start != Self.line[..<before].count + 1)
    expectNoDifference(
      last["message"] as? [String: String], ["text": "unknown key 'promt'; did you mean 'prompt'?"])
    // The line of the secret is not shown, and not measured.
    let first = try #require((results.first?["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"])
    expectNoDifference(first["region"] as? [String: Int], ["startLine": 3])
  }

  @Test func `A fingerprint stays when lines come above, and is another for each finding`() throws {
    let desk = try desk()
    let prints = { () throws -> [String] in
      let text = try desk.run(["flow", "lint", "flows", "--format", "sarif"]).output
      let run = try #require((object(text)["runs"] as? [[String: Any]])?.first)
      return (run["results"] as? [[String: Any]] ?? []).compactMap {
        ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
      }
    }
    let before = try prints()
    expectNoDifference(before.count, 3)
    expectNoDifference(Set(before).count, 3)
    try desk.write("# one more line\n" + Self.flow, to: "flows/test/so #1%.yaml")
    expectNoDifference(try prints(), before)
  }

  @Test func `A path elsewhere is an address of its own, and text of a file is no link`() throws {
    let desk = try Desk()
    let file = try desk.write("[x](https://evil.example): 1\n", to: desk.path + "/else/where.yaml")
    let ran = try desk.run(["flow", "lint", file, "../else/where.yaml", "--format", "sarif"])
    let run = try #require((object(ran.output)["runs"] as? [[String: Any]])?.first)
    for result in try #require(run["results"] as? [[String: Any]]) {
      let place = (result["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"]
      expectNoDifference(place?["artifactLocation"] as? [String: String], ["uri": "file://" + file])
    }
    #expect(!ran.output.contains("](http"))
  }

  @Test func `SARIF fits its schema, every rule has its help, and every result its rule`() throws {
    // The one of the path, for which pip installs.
    let python = "/usr/bin/env"
    let known =
      try output(of: python, ["python3", "-c", "import jsonschema; jsonschema.Draft202012Validator"]).status == 0
    guard known else { return missing("python's jsonschema") }
    let desk = try desk()
    let sarif = try desk.run(["flow", "lint", "flows", "--format", "sarif"]).output
    try desk.write(sarif, to: "good.sarif")
    try desk.write(sarif.replacing("\"ruleIndex\"", with: "\"rule-index\""), to: "bad.sarif")
    try desk.write(SarifSchema.text, to: "schema.json")
    let ran = try output(of: python, ["-C", desk.work, "python3", "-W", "ignore", "-c", SarifSchema.validation])
    expectNoDifference(String(decoding: ran.bytes, as: UTF8.self), "fits\n")
  }

  @Test func `SARIF has no place for coverage`() throws {
    let ran = try Desk().run(["flow", "lint", "--coverage", "--format", "sarif"])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.contains("use human or json"))
  }
}

/// What code hosts want of SARIF 2.1.0: the parts that are written here, and no others.
enum SarifSchema {
  static let text = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema",
     "$defs": {
       "text": {"type": "object", "required": ["text"], "additionalProperties": false,
         "properties": {"text": {"type": "string", "minLength": 1}}},
       "level": {"enum": ["none", "note", "warning", "error"]},
       "rule": {"type": "object", "additionalProperties": false,
         "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
         "properties": {"id": {"type": "string", "minLength": 1}, "shortDescription": {"$ref": "#/$defs/text"},
           "fullDescription": {"$ref": "#/$defs/text"},
           "help": {"type": "object", "required": ["text", "markdown"], "additionalProperties": false, "properties": {
             "text": {"type": "string", "minLength": 1}, "markdown": {"type": "string", "pattern": "\\\\*\\\\*Mended\\\\*\\\\*"}}},
           "defaultConfiguration": {"type": "object", "additionalProperties": false, "properties": {"level": {"$ref": "#/$defs/level"}}},
           "properties": {"type": "object", "properties": {
             "precision": {"enum": ["very-high", "high", "medium", "low"]},
             "problem.severity": {"enum": ["error", "warning", "recommendation"]}}}}},
       "region": {"type": "object", "required": ["startLine"], "additionalProperties": false,
         "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1},
           "endColumn": {"type": "integer", "minimum": 2}}},
       "result": {"type": "object", "additionalProperties": false,
         "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
         "properties": {"ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0},
           "level": {"$ref": "#/$defs/level"}, "message": {"$ref": "#/$defs/text"},
           "partialFingerprints": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
           "locations": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"type": "object",
             "required": ["physicalLocation"], "additionalProperties": false, "properties": {"physicalLocation": {
               "type": "object", "required": ["artifactLocation", "region"], "additionalProperties": false,
               "properties": {"region": {"$ref": "#/$defs/region"}, "artifactLocation": {"type": "object",
                 "required": ["uri"], "additionalProperties": false, "properties": {
                   "uri": {"type": "string", "pattern": "^[-A-Za-z0-9._~:/?#@!$&'()*+,;=%]+$"},
                   "uriBaseId": {"type": "string"}}}}}}}}}}},
     "type": "object", "required": ["version", "$schema", "runs"], "additionalProperties": false,
     "properties": {"version": {"const": "2.1.0"}, "$schema": {"type": "string"},
       "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"type": "object", "additionalProperties": false,
         "required": ["tool", "results", "columnKind"], "properties": {
           "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
           "originalUriBaseIds": {"type": "object", "additionalProperties": {"type": "object",
             "properties": {"description": {"$ref": "#/$defs/text"}}, "additionalProperties": false}},
           "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
           "tool": {"type": "object", "additionalProperties": false, "required": ["driver"], "properties": {"driver": {
             "type": "object", "additionalProperties": false, "required": ["name", "rules"], "properties": {
               "name": {"type": "string"}, "version": {"type": "string"}, "semanticVersion": {"type": "string"},
               "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}}}}}}}}}}}
    """

  static let validation = """
    import json, jsonschema
    schema = json.load(open("schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    good = json.load(open("good.sarif"))
    for error in check.iter_errors(good): print(error.json_path, error.message)
    rules = good["runs"][0]["tool"]["driver"]["rules"]
    assert len(set(rule["id"] for rule in rules)) == len(rules) > 40
    for result in good["runs"][0]["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"]
    assert not check.is_valid(json.load(open("bad.sarif")))
    print("fits")
    """
}
