import Battery
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// Group M: what somebody put in the place of a file or folder is neither followed, nor waited for, nor overwritten.
@Suite struct AttackTests {
  /// What is put in a file's place; each leads to the bait, or waits for somebody at the other end.
  enum Plant: CaseIterable {
    case symbolicLink, danglingLink, hardLink, pipe, folder, writableByOthers, ofAnotherUser

    /// Puts it at a path. What was there goes first.
    func put(at path: String, bait: String) throws {
      switch self {
      case .writableByOthers:
        if access(path, F_OK) != 0 { close(open(path, O_WRONLY | O_CREAT, 0o600)) }
        chmod(path, 0o666)
      case .ofAnotherUser:
        if access(path, F_OK) != 0 { close(open(path, O_WRONLY | O_CREAT, 0o600)) }
        chown(path, 65_534, 65_534)
      default:
        try? FileManager.default.removeItem(atPath: path)
        switch self {
        case .symbolicLink: symlink(bait, path)
        case .danglingLink: symlink(bait + "-nowhere", path)
        case .hardLink: link(bait, path)
        case .pipe: mkfifo(path, 0o600)
        default: mkdir(path, 0o700)
        }
      }
    }
  }

  struct Attack: CustomStringConvertible {
    let scene: Scene
    let plant: Plant
    /// The file, from the desk's folder; RUN stands for the run, FLOW for the text of its flow.
    let file: String
    var description: String { "\(scene), \(plant) at \(file)" }
  }

  static let places: [(Scene, [String])] = [
    (.append, ["keyusher/records/RUN.jsonl", "keyusher/records/flows/FLOW"]),
    (.resume, ["keyusher/records/RUN.jsonl", "keyusher/records/flows/FLOW"]),
    (.redact, ["keyusher/records/RUN.jsonl", "keyusher/records/RUN.jsonl.new"]),
    (.export, ["work/out.md", "keyusher/records/RUN.jsonl"]),
    (.walk, ["keyusher/records/7q4m.jsonl"]),
  ]

  @Test func `What stands in a file's place is not followed, not waited for, and not overwritten`() throws {
    var attacks: [Attack] = []
    for (scene, files) in AttackTests.places {
      for plant in Plant.allCases where plant != .ofAnotherUser || geteuid() == 0 {
        attacks += files.map { Attack(scene: scene, plant: plant, file: $0) }
      }
    }
    if geteuid() != 0 { Tally.notRun(.attacks, "files of another user, for want of root") }
    sweep(.attacks, attacks) { attack in
      let template = try attack.scene.template()
      let run = try template.records.runs().first ?? ""
      // What the command is has to be known before the record is gone.
      let command = try attack.scene.arguments(template)
      let bait = template.path + "/bait"
      try template.write("a friend's file\n", to: bait)
      let text = try? FileManager.default.contentsOfDirectory(atPath: template.home + "/records/flows").first
      let path =
        template.path + "/" + attack.file.replacing("RUN", with: run).replacing("FLOW", with: text ?? "none.yaml")
      try attack.plant.put(at: path, bait: bait)
      let ran = try template.run(
        command, input: attack.scene.input, setting: SmallFlow.credential.merging(["KEYUSHER_TEST_ID": "7q4m"]) { $1 })
      guard let status = ran.status else { return "it crashed: \(ran)" }
      var now = stat()
      let isThere = lstat(path, &now) == 0
      return faults(
        (try template.text(of: bait) == "a friend's file\n", "the bait was written to: \(ran)"),
        (access(bait + "-nowhere", F_OK) != 0, "a link to nowhere was followed: \(ran)"),
        (
          status != 0 || !isThere || now.st_mode & S_IFMT == S_IFREG && now.st_mode & 0o077 == 0,
          "done, and the file is no private one: \(ran)"
        ),
        (status == 0 || ran.errors.contains("keyusher: "), "it failed without a word"))
    }
  }

  @Test func `A folder that is a link, or that others can write, is not used`() throws {
    enum Bad: CaseIterable { case link, open, groupOpen, ofAnotherUser, aFile }
    let scenes: [Scene] = [.append, .resume, .redact, .walk]
    let cases = scenes.flatMap { scene in Bad.allCases.map { (scene, $0) } }
    sweep(.attacks, cases.filter { $0.1 != .ofAnotherUser || geteuid() == 0 }) { scene, bad in
      let desk = try scene.template()
      let folder = desk.home + "/records"
      mkdir(folder, 0o700)
      let command = try scene.arguments(desk)
      let elsewhere = desk.path + "/elsewhere"
      switch bad {
      case .link:
        try FileManager.default.moveItem(atPath: folder, toPath: elsewhere)
        symlink(elsewhere, folder)
      case .open: chmod(folder, 0o777)
      case .groupOpen: chmod(folder, 0o770)
      case .ofAnotherUser: chown(folder, 65_534, 65_534)
      case .aFile:
        try FileManager.default.removeItem(atPath: folder)
        try desk.write("x\n", to: folder)
      }
      let before = try contents(desk)
      let ran = try desk.run(command, input: scene.input, setting: SmallFlow.credential)
      return faults(
        (ran.status.map { $0 != 0 } ?? false, "\(scene), \(bad): it was used: \(ran)"),
        (ran.errors.contains("keyusher: "), "\(scene), \(bad): it failed without a word: \(ran)"),
        (try contents(desk) == before, "\(scene), \(bad): something was written"))
    }
  }

  @Test func `What is written is the owner's alone, whatever the umask`() throws {
    let cases = Scene.records.flatMap { scene in ["000", "022", "027", "077"].map { (scene, $0) } }
    sweep(.attacks, cases) { scene, mask in
      let template = try scene.template()
      let script = "umask \(mask); exec \"$0\" \"$@\""
      let (ran, desk) = try scene.run(on: template, behind: ["/bin/bash", "-c", script])
      guard ran.status == 0 else { return "\(scene), umask \(mask): \(ran)" }
      let open =
        try FileManager.default.subpathsOfDirectory(atPath: desk.home + "/records").map { desk.home + "/records/" + $0 }
        + [desk.home + "/records", desk.work + "/out.md"]
      let bad = try open.filter { access($0, F_OK) == 0 }.filter { try Scene.mode(of: $0) & 0o077 != 0 }
      return bad.isEmpty ? nil : "\(scene), umask \(mask): others can read \(bad)"
    }
  }

  @Test func `A history that was exchanged for a link leads nowhere`() throws {
    sweep(.attacks, [Plant.symbolicLink, .danglingLink, .hardLink, .pipe, .folder]) { plant in
      let desk = try Desk.small()
      let bait = try desk.write("a friend's file\n", to: desk.path + "/bait")
      for name in ["history", "history.new"] { try plant.put(at: desk.home + "/" + name, bait: bait) }
      let pty = try desk.start([])
      try pty.expect("keyusher> ")
      try pty.send("runs\r")
      try pty.expect("keyusher> ")
      try pty.control("D")
      let ending = try pty.end()
      return faults(
        (ending == .exited(0), "\(plant): it ended as \(ending)"),
        (try desk.text(of: bait) == "a friend's file\n", "\(plant): the bait was written to"),
        (access(bait + "-nowhere", F_OK) != 0, "\(plant): a link to nowhere was followed"))
    }
  }

  /// Every plain file with its bytes.
  private func contents(_ desk: Desk) throws -> [String: [UInt8]] {
    var all: [String: [UInt8]] = [:]
    for file in try desk.files() where !file.contains("/.descriptor-") { all[file] = try desk.bytes(of: file) }
    return all
  }
}
