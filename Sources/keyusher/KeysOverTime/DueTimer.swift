import Ceremony
import Files
import HelperPrograms
import PlainText

/// What has `keyusher due` looked at each day: two files for systemd, or a line for cron.
struct DueTimer {
  private let program: String
  private let folder: String?
  private let home: String

  init(_ surroundings: Surroundings) throws {
    program = NetProgram.running() ?? "keyusher"
    // What a program started by systemd would not find again by itself.
    home = try surroundings.home()
    let settings = Surroundings.variable("XDG_CONFIG_HOME") ?? Surroundings.variable("HOME").map { $0 + "/.config" }
    folder = settings.map { $0 + "/systemd/user" }
  }

  /// Shows what would be written, and writes it if that is agreed.
  func install(on console: Console, isAgreed: Bool) throws {
    guard let folder else {
      throw CommandError("HOME is not set, so nobody knows where a timer belongs", hints: ["set HOME"], status: .usage)
    }
    if [program, home, folder].contains(where: { display($0) != $0 }) {
      throw CommandError(
        "the path of the program or of its home has signs that nobody sees",
        hints: ["a timer would not find it; move it, or set KEYUSHER_HOME"], status: .usage)
    }
    let files = [("\(folder)/\(DueTimer.name).service", service), ("\(folder)/\(DueTimer.name).timer", DueTimer.timer)]
    for (path, text) in files {
      console.show(
        [Sentence(.heading, display(path))] + text.split(separator: "\n").map { Sentence(.body, display($0)) })
    }
    console.show([
      .blank, Sentence(.body, "Without systemd, this line does the same; 'crontab -e' takes it:"),
      Sentence(.command, display(cronLine)), .blank,
    ])
    try KeyQuestions(console: console, isAgreed: isAgreed).askWord("install", before: "writing the timer", says: [])
    try makeFolders(folder, mode: 0o755, hint: "set XDG_CONFIG_HOME to a folder of yours")
    for (path, text) in files { try PrivateFile.write(Array(text.utf8), to: path, hint: "make it writable for you") }
    console.show([
      Sentence(.standing, "Written: the timer and its service. Start it:"),
      Sentence(.command, "systemctl --user daemon-reload"),
      Sentence(.command, "systemctl --user enable --now \(DueTimer.name).timer"),
      Sentence(.body, "On a server, so that it runs while you are not logged in, too:"),
      Sentence(.command, "loginctl enable-linger"),
      Sentence(.body, "If a key needs you, the service has failed, and says which:"),
      Sentence(.command, "systemctl --user --failed"),
      Sentence(.command, "journalctl --user -u \(DueTimer.name)"),
    ])
  }

  // MARK: - Private

  private static let name = "keyusher-due"

  /// Exit status 2 makes it fail, which is what people see; a desktop says it, too.
  private var service: String {
    // Only what is run has its dollar signs doubled: systemd.exec(5).
    let variable = "Environment=\(DueTimer.quoted("KEYUSHER_HOME=\(home)"))\n"
    return """
      [Unit]
      Description=Keys that need you, as keyusher due tells them

      [Service]
      Type=oneshot
      \(variable)ExecStart=\(DueTimer.quoted(program).replacing("$", with: "$$")) due
      ExecStopPost=-/bin/sh -c 'test "$$EXIT_STATUS" != 2 || notify-send Keyusher "Keys need you. Type: keyusher due"'

      """
  }

  private static let timer = """
    [Unit]
    Description=Keys that need you, each day

    [Timer]
    OnCalendar=*-*-* 09:00:00
    Persistent=true

    [Install]
    WantedBy=timers.target

    """

  /// Says nothing, and so sends no mail, where no key needs anybody.
  private var cronLine: String {
    let line =
      "0 9 * * * told=$(KEYUSHER_HOME=\(DueTimer.inShell(home)) \(DueTimer.inShell(program)) due 2>&1) || echo \"$told\""
    // cron takes a percent sign for the end of the line.
    return line.replacing("%", with: "\\%")
  }

  /// As one word of a unit file; source: systemd.service(5), systemd.syntax(7).
  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
    return "\"\(escaped)\""
  }

  private static func inShell(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
