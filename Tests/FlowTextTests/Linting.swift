import FlowCore
import FlowText
import FlowTools

/// Reads a flow as `keyusher flow lint` does.
func lintFlow(
  _ text: String, path: String, expectedID: String? = nil, library: FlowLibrary? = nil,
  options: LintOptions = LintOptions()
) -> Reading<Flow> {
  readFlow(text, path: path, expectedID: expectedID, library: library, options: .lint(options))
}

func lintFlow(
  _ bytes: [UInt8], path: String, expectedID: String? = nil, library: FlowLibrary? = nil,
  options: LintOptions = LintOptions()
) -> Reading<Flow> {
  readFlow(bytes, path: path, expectedID: expectedID, library: library, options: .lint(options))
}

func lintAndBind(
  _ text: String, path: String, expectedID: String? = nil, library: FlowLibrary? = nil
) -> Reading<BoundFlow> {
  bindFlow(text, path: path, expectedID: expectedID, library: library, options: .lint())
}
