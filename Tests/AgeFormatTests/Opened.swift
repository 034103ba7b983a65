@testable import AgeFormat

/// What opening a file came to, with everything that was released, even before an error.
struct Opened: Equatable {
  var released: [UInt8] = []
  var failure: AgeError.Class?

  init(released: [UInt8], failure: AgeError.Class?) {
    self.released = released
    self.failure = failure
  }

  /// Opens chunk by chunk, from a source that gives `step` bytes at a time.
  init(streaming file: [UInt8], form: AgeFile.Form, with key: DecryptionKey, step: Int = 10_000) {
    let whole = source(of: file)
    do throws(AgeError) {
      var decryption = try Decryption(
        { atMost throws(AgeError) in try whole(min(atMost, step)) }, form: form, with: key)
      while let chunk = try decryption.next() { chunk.withBytes { released += $0 } }
    } catch {
      failure = error.failureClass
    }
  }

  /// Opens at once.
  init(whole file: [UInt8], form: AgeFile.Form, with key: DecryptionKey) {
    do throws(AgeError) {
      released = try AgeFile.decrypt(file, with: key, form: form).revealed
    } catch {
      failure = error.failureClass
    }
  }
}
