import Foundation
import KeyusherHarness
import Outside

/// A copy of the program beside a `keyusher-net` of a test's own.
class OtherNet {
  let path: String
  let folder: Desk

  /// - Parameter script: what the other one does, in the shell's words, in the folder `$here`: `next` takes a request as
  ///   `$text`, and `say` writes its input as an answer.
  init(_ script: String) throws {
    folder = try Desk()
    path = folder.work + "/keyusher"
    try install(copyOf: keyusher, at: path)
    let words = """
      #!/bin/sh
      here='\(folder.path)'
      next() { read -r length && text=$(head -c "$length"); }
      say() { cat > "$here/answer.$$"; wc -c < "$here/answer.$$"; cat "$here/answer.$$"; }

      """
    try folder.write(words + script, to: "keyusher-net", mode: 0o700)
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
      while next; do
        set -- $(printf '%s\\n' "$text" | sed -n 2p)
        echo "$3 $4" >> "$here/asked"
        now=$(date +%s%3N)
        if [ -e "$here/$3 $4" ]
        then sed "s/@NOW@/$now/; s/@SECOND@/${now%???}/" "$here/$3 $4" | say
        else printf 'keyusher-net 1\\nfailed timed-out\\n\\n' | say
        fi
      done

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
