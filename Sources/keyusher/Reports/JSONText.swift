import FlowCore
import Foundation
import PlainText

/// A value as JSON: sorted keys, two spaces, a line break at the end.
///
/// Characters that could reorder text or steer a terminal are written as `\u` escapes.
func jsonText(_ value: some Encodable, isPretty: Bool = true) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
  var text = ""
  // Outside of strings JSON has none of these characters, so that each can be replaced where it stands.
  for scalar in String(decoding: try encoder.encode(value), as: UTF8.self).unicodeScalars {
    guard scalar.isControlling, scalar != "\n" else {
      text.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let hex = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
  }
  return isPretty ? text + "\n" : text
}

/// A text in double quotes, as JSON and YAML read it.
func quotedAsJSON(_ text: String) -> String { (try? jsonText(text, isPretty: false)) ?? "\"\"" }
