import Exports
import FlowCore
import Testing

@Suite("Goldens")
struct GoldenTests {
  @Test("every format of every sample is as it was", arguments: Sample.allCases, ExportFormat.allCases)
  func exported(sample: Sample, format: ExportFormat) throws {
    try expectGolden(export(sample.record, as: format), "\(sample).\(format.ending)")
  }

  @Test("the blank checklist is as it was", arguments: BlankFormat.allCases)
  func blank(format: BlankFormat) throws {
    try expectGolden(printBlank(sampleFlow, as: format), "blank.\(format == .html ? "html" : "md")")
  }

  @Test("what is shown of every sample is as it was", arguments: Sample.allCases)
  func shown(sample: Sample) throws {
    try expectGolden(show(sample.record), "\(sample).txt")
  }

  @Test("the same record gives the same bytes")
  func deterministic() throws {
    for format in ExportFormat.allCases {
      #expect(try export(Sample.eventful.record, as: format) == export(Sample.eventful.record, as: format))
    }
  }
}

extension ExportFormat {
  var ending: String {
    switch self {
    case .markdown: "md"
    case .html: "html"
    case .json: "json"
    case .csv: "csv"
    case .script: "script"
    }
  }
}
