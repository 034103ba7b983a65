import Files
import Glibc
import Records

/// Looks at the home: who can read and write in it, the settings, the records.
struct HomeCheck {
  let home: String
  let records: RecordFolder

  /// At most so many files are named one by one.
  private static let mostNamed = 3

  func rights() -> [Diagnosis] {
    let found: stat?
    do throws(FileError) { found = try status(of: home, followingLink: false) } catch {
      let hint = "look at the rights of the folders above it"
      return [.wrong("the home \(home) can't be looked at: \(error.why)", hint: hint)]
    }
    guard let status = found else {
      return [.notInUse("the home \(home) is not there yet; it is made when it is first needed")]
    }
    guard status.isFolder else {
      return [.wrong("the home \(home) is no folder", hint: "name another one with KEYUSHER_HOME")]
    }
    guard status.isOurs else {
      return [.wrong("the home \(home) belongs to another user", hint: "take one of your own with KEYUSHER_HOME")]
    }
    guard access(home, R_OK | W_OK | X_OK) == 0 else {
      return [.wrong("you may not read the home \(home), or not write in it", hint: "chmod 700 '\(home)'")]
    }
    guard status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      return [.wrong("others can look into the home \(home) (mode \(mode))", hint: "chmod 700 '\(home)'")] + entries()
    }
    return [.inOrder("the home \(home) is yours alone")] + entries()
  }

  func settings() -> (Configuration, Diagnosis) {
    do {
      let configuration = try Configuration(home: home)
      let count = configuration.values.count
      return (configuration, .inOrder(count == 0 ? "nothing is set" : "the settings can be read: \(count)"))
    } catch let error as CommandError {
      let count = error.findings.count
      let why = count == 0 ? error.message : "\(count) \(count == 1 ? "finding" : "findings")"
      return (
        Configuration(),
        .wrong("the settings can't be used: \(why)", hint: "'keyusher config' tells what; nothing is set meanwhile")
      )
    } catch {
      return (Configuration(), .wrong("the settings can't be read", hint: "'keyusher config' tells what"))
    }
  }

  func wholeness() -> [Diagnosis] {
    do {
      let runs = try records.runs()
      var wrong: [Diagnosis] = []
      let looks = FlowTextLooks()
      for run in runs {
        guard let finding = try records.audit(run, looks).findings.first else { continue }
        wrong.append(
          .wrong("record \(run), line \(finding.line): \(finding)", hint: "keyusher audit \(run)"))
      }
      if !wrong.isEmpty { return wrong }
      guard !runs.isEmpty else { return [.notInUse("there are no records yet")] }
      return [
        .inOrder("\(runs.count) \(runs.count == 1 ? "record is" : "records are") whole and unchanged"),
        .notKnowable(
          "whether lines were cut from the end of a record, or a whole record was taken away",
          hint: "compare final digests that you kept elsewhere: keyusher audit RUN --expect DIGEST"),
      ]
    } catch {
      return [.wrong("the records can't be read: \(error.what)", hint: "look at the rights of \(home)/records")]
    }
  }

  // MARK: - Private

  /// Whatever below the home others can write to, or own.
  private func entries() -> [Diagnosis] {
    let (names, open): ([String], [String])
    do { (names, open) = try looking(into: home, HomeCheck.openToOthers) } catch {
      return [.notKnowable("whether nobody else can write to what is in it: \(error.message)", hint: error.hints.first)]
    }
    if open.isEmpty { return names.isEmpty ? [] : [.inOrder("nobody else can write to what is in it")] }
    let more = open.count > HomeCheck.mostNamed ? ", and \(open.count - HomeCheck.mostNamed) more" : ""
    return [
      .wrong(
        "others can write to, or own: \(open.prefix(HomeCheck.mostNamed).joined(separator: ", "))\(more)",
        hint: "look whether they are what they should be, then: chmod -R go-rwx '\(home)'")
    ]
  }

  /// All that is below a folder, and what of it others can write to, or own.
  private static func openToOthers(_ folder: String) throws(FileError) -> (names: [String], open: [String]) {
    let names = try paths(below: folder)
    var open: [String] = []
    for name in names {
      // One that is gone since it was listed is nobody's.
      guard let status = try status(of: folder + "/" + name, followingLink: false) else { continue }
      if !status.isOurs || !status.isLink && status.modeWritableByOthers != nil { open.append(name) }
    }
    return (names, open)
  }
}
