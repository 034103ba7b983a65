/// A signal that must be raised again once everything is closed.
struct Interrupted: Error {
  var signal: Int32
}
