import Battery
import KeyusherHarness
import SecretSearch
import Testing

/// Checks each case; a check returns what is wrong, or nil.
func sweep<Case>(_ group: BatteryGroup, _ cases: [Case], _ check: (Case) throws -> String?) {
  // A sweep over nothing proves nothing.
  if cases.isEmpty { Issue.record("\(group): there is no case") }
  for one in cases {
    let trouble: String?
    do { trouble = try check(one) } catch { trouble = "\(error)" }
    Tally.count(group, failed: trouble == nil ? 0 : 1)
    if let trouble { Issue.record("\(group.rawValue), \(one): \(trouble)") }
  }
}

/// Everything that is wrong, as one text; nil if nothing is.
func faults(_ checks: (Bool, String)...) -> String? {
  let wrong = checks.filter { !$0.0 }.map(\.1)
  return wrong.isEmpty ? nil : wrong.joined(separator: "; ")
}

let canaryTraces = Canary.traces
