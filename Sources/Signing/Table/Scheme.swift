/// How a request is signed. The raw value is its name in `api.yaml`.
public enum Scheme: String, CaseIterable, Sendable {
  /// Not at all: what an exchange tells everybody, such as its clock.
  case unsigned
  case gateV4 = "gate-v4"
}
