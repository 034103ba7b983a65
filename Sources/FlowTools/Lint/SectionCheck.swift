import FlowCore
import FlowText

extension FlowLint {
  /// A section is a run of steps: it begins once, and the first step begins one.
  func checkSections() {
    guard let first = flow.steps.firstIndex(where: { $0.section != nil }) else { return }
    if first > 0 {
      findings.report(
        .sectionApart, at: notes.stepPlaces[0], "this step stands before the first section",
        hint: "give it a 'section', for example \(quoted(Section.preparation))")
    }
    var ended: Set<Section> = []
    var current: Section?
    for (index, step) in flow.steps.enumerated() {
      guard let section = step.section, section != current else { continue }
      current.map { _ = ended.insert($0) }
      current = section
      guard ended.contains(section) else { continue }
      findings.report(
        .sectionApart, at: notes.stepPlaces[index],
        "section \(quoted(section.title)) stands above already, and has ended",
        hint: "move the step there; of two keys each names its own: {title: ..., key: ...}")
    }
  }
}
