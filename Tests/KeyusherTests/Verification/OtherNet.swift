import Foundation
import KeyusherHarness
import Outside

/// A copy of the program beside a `keyusher-net` of a test's own.
class OtherNet {
  let path: String
  let folder: Desk

  /// - Parameter script: what the other one does, in the shell's words, in the folder `$here`.
  init(_ script: String) throws {
    folder = try Desk()
    path = folder.work + "/keyusher"
    try install(copyOf: keyusher, at: path)
    try folder.write("#!/bin/sh\nhere='\(folder.path)'\n\(script)", to: "keyusher-net", mode: 0o700)
  }
}

/// One that asks nobody and leaves a mark.
final class MarkedProgram: OtherNet {
  init() throws { try super.init("echo started >> $here/started\nexit 1\n") }

  /// Whether its `keyusher-net` was started.
  var hasAsked: Bool { FileManager.default.fileExists(atPath: folder.path + "/started") }
}

/// One that asks nobody, answers in the place of each host of an exchange, and notes what it was asked.
final class PlayedHosts: OtherNet {
  /// What a host answers.
  struct Answer {
    var status = 200
    var host: String
    var retryAfter: Int?
    /// `@NOW@` stands for the time in milliseconds, `@SECOND@` for that in seconds.
    var body: String
  }

  /// - Parameter answers: by environment and request: `testnet detail`. To any other, nothing comes.
  init(_ answers: [String: Answer]) throws {
    try super.init(
      """
      read -r _
      read -r _ exchange environment request
      cat > /dev/null
      echo "$environment $request" >> "$here/asked"
      now=$(date +%s%3N)
      if ! [ -e "$here/$environment $request" ]; then printf 'keyusher-net 1\\nfailed timed-out\\n\\n'; exit 0; fi
      sed "s/@NOW@/$now/; s/@SECOND@/${now%???}/" "$here/$environment $request"

      """)
    for (name, answer) in answers {
      let retry = answer.retryAfter.map { "retry \($0)\n" } ?? ""
      try folder.write(
        """
        keyusher-net 1
        \(answer.status)
        host \(answer.host)
        type application/json
        \(retry)began @NOW@
        ended @NOW@

        \(answer.body)
        """, to: folder.path + "/" + name)
    }
  }

  /// What it was asked, in the order in which that came: `live clock`.
  var asked: [String] {
    ((try? folder.text(of: folder.path + "/asked")) ?? "").split(separator: "\n").map(String.init)
  }
}
