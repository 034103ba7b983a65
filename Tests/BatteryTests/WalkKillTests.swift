import Battery
import Glibc
import KeyusherHarness
import Outside
import Testing

/// Groups B, C and H for the walk with a real store: ended or failed at each call that changes something, from the moment at
/// which the run is on record, and taken up again.
@Suite(.beside) struct WalkKillTests {
  @Test(
    "A kill at any change of a run loses no credential and leaks none, and the run is completed by a resume",
    arguments: Scene.walks)
  func kill(scene: Scene) throws {
    // Of a process that guards itself only root's strace reads names.
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.kills, "\(scene), for want of strace or root")
    }
    let template = try scene.template()
    sweep(.kills, try scene.changes(on: template, strace).part(oneIn: scene.oneIn * 3)) { call in
      let (ran, desk) = try scene.run(on: template, behind: strace.injecting(.kill, at: call))
      guard ran.ending == .signalled(SIGKILL) || ran.status == 0 else { return "it ended by itself: \(ran)" }
      return try scene.verify(ran.status == 0, desk)
    }
  }

  @Test(
    "An error at any change of a run is told, claims nothing that is not so, and the run is completed by a resume",
    arguments: Scene.walks)
  func error(scene: Scene) throws {
    // Of a process that guards itself only root's strace reads names.
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.errors, "\(scene), for want of strace or root")
    }
    let template = try scene.template()
    let cases = try scene.changes(on: template, strace).flatMap { call in
      (["EIO", "ENOSPC", "EACCES"] + (call.name == "openat" ? ["EMFILE"] : [])).map {
        KillTests.Hit(call: call, error: $0)
      }
    }
    sweep(.errors, cases.part(oneIn: scene.oneIn * 12 + 1)) { hit in
      let (ran, desk) = try scene.run(on: template, behind: strace.injecting(.error(hit.error), at: hit.call))
      guard let status = ran.status else { return "it crashed: \(ran)" }
      guard status == 0 || [1, 4, 65, 69, 74, 75].contains(status) else { return "an odd status: \(ran)" }
      if status != 0, !ran.errors.contains("keyusher: "), !hit.isOfOutput { return "it failed without a word: \(ran)" }
      if let run = try desk.records.runs().first, let wrong = WalkEnd.said(ran, isThereOn: desk, run) { return wrong }
      return try scene.verify(status == 0, desk)
    }
  }
}
